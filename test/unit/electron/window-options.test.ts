import { describe, expect, it } from 'vitest';

import {
  besideTray,
  boundsOnScreen,
  pageTargetOf,
  pageUrl,
  windowOptions,
} from '../../../electron/window-options.ts';

describe('the window', () => {
  it.each(['compact', 'wide'] as const)('is a sandboxed page without Node or preload (%s)', (kind) => {
    expect(windowOptions(kind, null, true).webPreferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    });
  });

  it('hangs on the tray at 380 by 560, and is wide enough for the rail otherwise', () => {
    expect(windowOptions('compact', null, true)).toMatchObject({ width: 380, height: 560, show: false });
    expect(windowOptions('wide', null, true).width).toBeGreaterThanOrEqual(960);
  });

  it('comes back where it was left', () => {
    const bounds = { x: 10, y: 20, width: 500, height: 600 };
    expect(windowOptions('wide', bounds, true)).toMatchObject(bounds);
  });
});

describe('remembered bounds', () => {
  const display = { x: 0, y: 0, width: 1280, height: 800 };
  it.each([
    ['in sight', { x: 100, y: 100, width: 400, height: 400 }, true],
    ['half out, the title still in reach', { x: -200, y: 10, width: 400, height: 400 }, true],
    ['on a display that is gone', { x: 1400, y: 100, width: 400, height: 400 }, false],
    ['title above the screen', { x: 100, y: -50, width: 400, height: 400 }, false],
    ['below the screen', { x: 100, y: 790, width: 400, height: 400 }, false],
  ])('%s', (_, bounds, isKept) => {
    expect(boundsOnScreen(bounds, [display])).toEqual(isKept ? bounds : null);
  });
});

describe('the page address', () => {
  const signInUrl = 'http://127.0.0.1:7717/#code=abc';

  it('keeps the code in the fragment and loads anew each time', () => {
    expect(pageUrl(signInUrl, { target: null, isTrayMissing: false, load: 3 })).toBe(
      'http://127.0.0.1:7717/?load=3#code=abc',
    );
  });

  it('says what to show beside it', () => {
    const url = new URL(
      pageUrl(signInUrl, {
        target: { project: 'shop&co', page: null, at: 'halt' },
        isTrayMissing: true,
        load: 1,
      }),
    );
    expect(Object.fromEntries(new URLSearchParams(url.hash.slice(1)))).toEqual({
      code: 'abc',
      project: 'shop&co',
      at: 'halt',
      tray: 'missing',
    });
  });
});

describe('the page that a notice leads to', () => {
  it.each([
    ['#alerts', { project: null, page: 'alerts' }],
    ['#/doctor', { project: null, page: 'doctor' }],
    ['#project=a+b', { project: 'a b', page: null }],
    ['https://example.com/', { project: null, page: null }],
    ['#/doctor?x=<script>', { project: null, page: null }],
    ['', { project: null, page: null }],
  ])('%s', (address, target) => {
    expect(pageTargetOf(address)).toEqual({ ...target, at: null });
  });
});

describe('the compact window beside the tray icon', () => {
  const area = { x: 0, y: 25, width: 1280, height: 735 };
  it.each([
    ['under a menu bar', { x: 1000, y: 0, width: 24, height: 25 }, { x: 822, y: 25 }],
    ['over a taskbar', { x: 1000, y: 762, width: 24, height: 38 }, { x: 822, y: 200 }],
    ['not over the edge', { x: 1270, y: 0, width: 24, height: 25 }, { x: 900, y: 25 }],
  ])('%s', (_, icon, place) => {
    expect(besideTray(icon, [area])).toEqual({ ...place, width: 380, height: 560 });
  });

  it('knows when the desktop does not tell where the icon is', () => {
    expect(besideTray({ x: 0, y: 0, width: 0, height: 0 }, [area])).toBeNull();
    expect(besideTray(null, [area])).toBeNull();
  });
});
