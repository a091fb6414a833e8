import { EventEmitter } from 'node:events';

import { describe, expect, it } from 'vitest';

import { installPageRules, type PageRulesParts } from '../../../electron/page-rules.ts';

const core = 'http://127.0.0.1:7717';

function setUp() {
  const app = new EventEmitter();
  const opened: string[] = [];
  const handlers: Record<string, (...args: never[]) => unknown> = {};
  const keep = (name: string) => (handler: never) => (handlers[name] = handler);
  installPageRules({
    app: app as unknown as PageRulesParts['app'],
    session: {
      setPermissionRequestHandler: keep('request'),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
    },
    shell: { openExternal: (url: string) => Promise.resolve(void opened.push(url)) },
    coreOrigin: () => core,
  });
  let openWindow: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  const contents = Object.assign(new EventEmitter(), {
    getURL: () => `${core}/`,
    setWindowOpenHandler: (handler: typeof openWindow) => (openWindow = handler),
  });
  app.emit('web-contents-created', {}, contents);
  const isHeld = (event: string, url: string): boolean => {
    let held = false;
    contents.emit(event, { url, preventDefault: () => (held = true) });
    return held;
  };
  return { contents, opened, handlers, isHeld, openWindow: (url: string) => openWindow({ url }) };
}

describe('every page there will ever be', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('%s stays on the core', (event) => {
    const { isHeld } = setUp();
    expect(isHeld(event, 'https://evil.com/')).toBe(true);
    expect(isHeld(event, `${core}/?load=2`)).toBe(false);
  });

  it('never embeds a guest', () => {
    expect(setUp().isHeld('will-attach-webview', `${core}/`)).toBe(true);
  });

  it('never gets a second window; listed sites open in the browser', () => {
    const { openWindow, opened } = setUp();
    for (const url of ['https://github.com/a/b', 'https://evil.com/', 'file:///etc/passwd', `${core}/`]) {
      expect(openWindow(url)).toEqual({ action: 'deny' });
    }
    expect(opened).toEqual(['https://github.com/a/b']);
  });

  it('is refused what it asks for', () => {
    const { handlers, contents } = setUp();
    const ask = (permission: string): boolean | null => {
      let answer: boolean | null = null;
      handlers['request']?.(
        contents as never,
        permission as never,
        ((is: boolean) => (answer = is)) as never,
      );
      return answer;
    };
    expect(ask('notifications')).toBe(false);
    expect(ask('clipboard-sanitized-write')).toBe(true);
    expect(handlers['check']?.(null as never, 'media' as never, core as never)).toBe(false);
    expect(handlers['device']?.()).toBe(false);
  });
});
