import { EventEmitter } from 'node:events';

import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';

/** As much of Electron's window as the shell uses, and what became of it. */
export interface FakeBrowserWindow extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions;
  readonly loaded: readonly string[];
  readonly webContents: EventEmitter;
  title: string;
  hasMenuBar: boolean;
  /** The person's click on the close button. */
  close(): void;
  isVisible(): boolean;
  isDestroyed(): boolean;
}

export interface FakeWindows {
  readonly all: readonly FakeBrowserWindow[];
  make(options: BrowserWindowConstructorOptions): BrowserWindow;
  last(): FakeBrowserWindow;
}

export function fakeWindows(): FakeWindows {
  const all: FakeBrowserWindow[] = [];
  return {
    all,
    make(options) {
      const window = fakeBrowserWindow(options);
      all.push(window);
      return window as never as BrowserWindow;
    },
    last() {
      const window = all.at(-1);
      if (window === undefined) throw new Error('no window was made');
      return window;
    },
  };
}

function fakeBrowserWindow(options: BrowserWindowConstructorOptions): FakeBrowserWindow {
  let isShown = false;
  let isGone = false;
  let size = { width: options.width ?? 0, height: options.height ?? 0 };
  const loaded: string[] = [];
  const emitter = new EventEmitter();
  const window = Object.assign(emitter, {
    options,
    loaded,
    webContents: new EventEmitter(),
    title: '',
    setTitle: (title: string) => (window.title = title),
    hasMenuBar: false,
    setAutoHideMenuBar: () => undefined,
    setMenuBarVisibility: (isShown: boolean) => (window.hasMenuBar = isShown),
    loadURL: (url: string) => Promise.resolve(void loaded.push(url)),
    getBounds: () => ({ x: 5, y: 6, ...size }),
    setSize: (width: number, height: number) => (size = { width, height }),
    isMinimized: () => false,
    restore: () => undefined,
    show: () => (isShown = true),
    focus: () => undefined,
    hide: () => (isShown = false),
    isVisible: () => isShown && !isGone,
    isDestroyed: () => isGone,
    destroy() {
      if (isGone) return;
      isGone = true;
      emitter.emit('closed');
    },
    close() {
      const event = { isHeld: false, preventDefault: () => (event.isHeld = true) };
      emitter.emit('close', event);
      if (!event.isHeld) window.destroy();
    },
  });
  return window;
}
