import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';

import type { Clock } from '../core/clock.ts';
import type { PageTarget } from '../shared/view/tray-menu.ts';

import type { TrayState } from './tray-presence.ts';
import { NO_TRAY_TITLE, OFF_TRAY_TITLE, pageUrl, WINDOW_TITLE, windowOptions } from './window-options.ts';
import type { WindowKind } from './window-options.ts';

/** A hidden page costs a process, and making it anew takes a moment only. */
const KEEP_HIDDEN_MS = 5 * 60_000;
/** A page that crashes at once again stays away. */
const CRASH_REST_MS = 60_000;

const TITLES: Record<TrayState, string> = {
  shown: WINDOW_TITLE,
  missing: NO_TRAY_TITLE,
  off: OFF_TRAY_TITLE,
};

export interface DashboardWindowParts {
  readonly make: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly isPackaged: boolean;
  readonly clock: Clock;
  /** A one-time address of the page; null when no core answers. */
  readonly signInUrl: () => Promise<string | null>;
  readonly bounds: {
    read(kind: WindowKind): Rectangle | null;
    write(kind: WindowKind, bounds: Rectangle): void;
  };
  /** Called when a page was wanted and there is none to show. */
  readonly onNoCore: () => void;
  /** Called when the window was closed while no tray shows: nothing visible would be left. */
  readonly onLastExit: () => void;
}

export interface DashboardWindow {
  /** Shows the window, made if need be, at the page named; as it was left without one. */
  open(kind: WindowKind, target: PageTarget | null): Promise<void>;
  /** Signs a visible page in anew, after a restart of the core. */
  reload(): Promise<void>;
  isTrayShown(): boolean;
  setTray(state: TrayState): void;
  /** Lets the window close for good; called once the app quits. */
  release(): void;
}

/**
 * The one window. Closing hides it while the tray can bring it back, and destroys it after 5 minutes hidden;
 * without a tray closing means leaving, so that no invisible app stays behind (behaviour 26).
 */
export function createDashboardWindow(parts: DashboardWindowParts): DashboardWindow {
  let live: { readonly window: BrowserWindow; readonly kind: WindowKind } | null = null;
  let target: PageTarget | null = null;
  let tray: TrayState = 'shown';
  let isReleased = false;
  let loads = 0;
  let crashedAtMs: number | null = null;
  let forgetHidden = (): void => undefined;

  const options = (kind: WindowKind) => windowOptions(kind, parts.bounds.read(kind), parts.isPackaged);
  const remember = (): void => {
    if (live !== null) parts.bounds.write(live.kind, live.window.getBounds());
  };
  const show = (window: BrowserWindow): void => {
    forgetHidden();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  const hide = (window: BrowserWindow): void => {
    window.hide();
    forgetHidden();
    forgetHidden = parts.clock.after(KEEP_HIDDEN_MS, () => window.destroy());
  };

  /** Without a tray the window has its menu, and says what closing it means. */
  const standInForTray = (window: BrowserWindow): void => {
    window.setTitle(TITLES[tray]);
    window.setAutoHideMenuBar(tray === 'shown');
    window.setMenuBarVisibility(tray !== 'shown');
  };

  const make = (kind: WindowKind): BrowserWindow => {
    const window = parts.make(options(kind));
    live = { window, kind };
    standInForTray(window);
    window.on('page-title-updated', (event) => event.preventDefault());
    // `destroy` makes no `close`: that one is the person's own click.
    let isLastExit = false;
    window.on('close', (event) => {
      remember();
      isLastExit = !isReleased && tray !== 'shown';
      if (isReleased || isLastExit) return;
      event.preventDefault();
      hide(window);
    });
    window.on('closed', () => {
      forgetHidden();
      if (live?.window === window) live = null;
      if (isLastExit) parts.onLastExit();
    });
    window.webContents.on('render-process-gone', () => void replace(window, kind));
    return window;
  };

  /** A crashed page is made anew once a minute at most; the tray and the core go on meanwhile. */
  const replace = async (window: BrowserWindow, kind: WindowKind): Promise<void> => {
    const wasVisible = window.isVisible();
    const lastMs = crashedAtMs;
    crashedAtMs = parts.clock.monotonicMs();
    window.destroy();
    const isResting = lastMs !== null && crashedAtMs - lastMs < CRASH_REST_MS;
    if (wasVisible && !isResting) await open(kind, target);
    else if (tray !== 'shown') parts.onLastExit();
  };

  const load = async (window: BrowserWindow): Promise<boolean> => {
    const signInUrl = await parts.signInUrl();
    if (signInUrl === null || window.isDestroyed()) return false;
    loads += 1;
    try {
      await window.loadURL(pageUrl(signInUrl, { target, isTrayMissing: tray === 'missing', load: loads }));
      return !window.isDestroyed();
    } catch {
      return false;
    }
  };

  const open = async (kind: WindowKind, wanted: PageTarget | null): Promise<void> => {
    if (live !== null && live.kind !== kind) {
      remember();
      live = { window: live.window, kind };
      const { width = 0, height = 0 } = options(kind);
      live.window.setSize(width, height);
    }
    if (live !== null && wanted === null) {
      show(live.window);
      return;
    }
    target = wanted;
    const window = live?.window ?? make(kind);
    if (await load(window)) {
      show(window);
      return;
    }
    if (window.isDestroyed()) return;
    window.destroy();
    parts.onNoCore();
  };

  return {
    open,
    async reload() {
      if (live === null) return;
      if (live.window.isVisible()) await load(live.window);
      else live.window.destroy();
    },
    isTrayShown: () => tray === 'shown',
    setTray(state) {
      tray = state;
      if (live !== null) standInForTray(live.window);
    },
    release() {
      isReleased = true;
      forgetHidden();
    },
  };
}
