import type { Rectangle } from 'electron';
import { describe, expect, it, vi } from 'vitest';

import { NO_TRAY_TITLE, WINDOW_TITLE } from '../../../electron/window-options.ts';
import type { PageTarget } from '../../../shared/view/tray-menu.ts';
import { createDashboardWindow } from '../../../electron/window.ts';
import { fakeWindows } from '../../fakes/fake-browser-window.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

const MINUTE_MS = 60_000;

const at = (project: string): PageTarget => ({ project, page: null, at: null });

function setUp() {
  const windows = fakeWindows();
  const clock = fakeClock();
  const log: string[] = [];
  const bounds = new Map<string, Rectangle>();
  const core = { isRunning: true };
  let codes = 0;
  const window = createDashboardWindow({
    make: (options) => windows.make(options),
    isPackaged: true,
    clock,
    signInUrl() {
      codes += 1;
      return Promise.resolve(core.isRunning ? `http://127.0.0.1:7717/#code=c${codes}` : null);
    },
    bounds: {
      read: (kind) => bounds.get(kind) ?? null,
      write: (kind, value) => bounds.set(kind, value),
    },
    onNoCore: () => log.push('no core'),
    onLastExit: () => log.push('last exit'),
  });
  return { window, windows, clock, log, bounds, core };
}

describe('opening', () => {
  it('signs the page in with a new code and shows it', async () => {
    const { window, windows } = setUp();
    await window.open('wide', at('shop'));
    expect(windows.last().loaded).toEqual(['http://127.0.0.1:7717/?load=1#code=c1&project=shop']);
    expect(windows.last().isVisible()).toBe(true);
  });

  it('brings an open window back as it is', async () => {
    const { window, windows } = setUp();
    await window.open('wide', null);
    windows.last().close();
    await window.open('wide', null);
    expect(windows.all).toHaveLength(1);
    expect(windows.last().loaded).toHaveLength(1);
    expect(windows.last().isVisible()).toBe(true);
  });

  it('goes to another project in the same window', async () => {
    const { window, windows } = setUp();
    await window.open('wide', at('shop'));
    await window.open('wide', at('model'));
    expect(windows.all).toHaveLength(1);
    expect(windows.last().loaded[1]).toContain('load=2#code=c2&project=model');
  });

  it('changes its size between the tray form and the dashboard, and remembers both', async () => {
    const { window, windows, bounds } = setUp();
    await window.open('compact', null);
    await window.open('wide', null);
    expect(windows.all).toHaveLength(1);
    expect(bounds.get('compact')).toMatchObject({ width: 380, height: 560 });
    windows.last().close();
    expect(bounds.get('wide')).toMatchObject({ width: 1120 });
  });

  it('says so when there is no core, and leaves no empty window', async () => {
    const { window, windows, log, core } = setUp();
    core.isRunning = false;
    await window.open('wide', null);
    expect(log).toEqual(['no core']);
    expect(windows.last().isDestroyed()).toBe(true);
  });
});

describe('closing', () => {
  it('hides while the tray can bring it back, and frees the page after five minutes', async () => {
    const { window, windows, clock, log } = setUp();
    await window.open('wide', null);
    windows.last().close();
    expect([windows.last().isVisible(), windows.last().isDestroyed()]).toEqual([false, false]);
    await clock.advanceMs(5 * MINUTE_MS - 1);
    expect(windows.last().isDestroyed()).toBe(false);
    await clock.advanceMs(1);
    expect(windows.last().isDestroyed()).toBe(true);
    expect(log).toEqual([]);
    await window.open('wide', null);
    expect(windows.all).toHaveLength(2);
  });

  it('keeps a page that was opened again meanwhile', async () => {
    const { window, windows, clock } = setUp();
    await window.open('wide', null);
    windows.last().close();
    await clock.advanceMs(4 * MINUTE_MS);
    await window.open('wide', null);
    await clock.advanceMs(10 * MINUTE_MS);
    expect(windows.last().isVisible()).toBe(true);
  });

  it('without a tray it leaves, so that no invisible app stays', async () => {
    const { window, windows, log } = setUp();
    window.setTray('missing');
    await window.open('wide', null);
    expect(windows.last().title).toBe(NO_TRAY_TITLE);
    expect(windows.last().loaded[0]).toContain('&tray=missing');
    windows.last().close();
    expect(log).toEqual(['last exit']);
  });

  it('says in the title when the tray comes back', async () => {
    const { window, windows } = setUp();
    window.setTray('missing');
    await window.open('wide', null);
    window.setTray('shown');
    expect(windows.last().title).toBe(WINDOW_TITLE);
  });

  it('does not stand in the way of quitting', async () => {
    const { window, windows, log } = setUp();
    await window.open('wide', null);
    window.release();
    windows.last().close();
    expect(windows.last().isDestroyed()).toBe(true);
    expect(log).toEqual([]);
  });
});

describe('a restarted core', () => {
  it('signs a visible page in anew', async () => {
    const { window, windows } = setUp();
    await window.open('wide', at('shop'));
    await window.reload();
    expect(windows.last().loaded[1]).toContain('#code=c2&project=shop');
  });

  it('frees a hidden page, which could only fail', async () => {
    const { window, windows } = setUp();
    await window.open('wide', null);
    windows.last().close();
    await window.reload();
    expect(windows.last().isDestroyed()).toBe(true);
  });
});

describe('a crashed page', () => {
  it('is made anew, but not again within a minute', async () => {
    const { window, windows, clock } = setUp();
    await window.open('wide', at('shop'));
    windows.last().webContents.emit('render-process-gone');
    await vi.waitFor(() => expect(windows.all).toHaveLength(2));
    await vi.waitFor(() => expect(windows.last().isVisible()).toBe(true));
    windows.last().webContents.emit('render-process-gone');
    await clock.advanceMs(1);
    expect(windows.all).toHaveLength(2);
    expect(windows.last().isDestroyed()).toBe(true);
  });

  it('does not end the app where there is no tray', async () => {
    const { window, windows, log } = setUp();
    window.setTray('missing');
    await window.open('wide', null);
    windows.last().webContents.emit('render-process-gone');
    await vi.waitFor(() => expect(windows.all).toHaveLength(2));
    expect(log).toEqual([]);
  });
});
