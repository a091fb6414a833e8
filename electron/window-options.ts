import type { BrowserWindowConstructorOptions, Rectangle, Screen } from 'electron';

import type { PageTarget } from '../shared/view/tray-menu.ts';

/** `compact` hangs on the tray, `wide` is the dashboard with everything. */
export type WindowKind = 'compact' | 'wide';

/** Content sizes of 8-look; the page changes its form at 960 px. */
const SIZES: Record<WindowKind, { width: number; height: number }> = {
  compact: { width: 380, height: 560 },
  wide: { width: 1120, height: 760 },
};
const SMALLEST = { minWidth: 340, minHeight: 420 };

export const WINDOW_TITLE = 'Meta-Orchestrator';
export const OFF_TRAY_TITLE = `${WINDOW_TITLE} (closing the window quits)`;
export const NO_TRAY_TITLE = `${WINDOW_TITLE} (this desktop shows no tray: closing the window quits)`;

/**
 * Options of the one window. The page is a web page like any other: no preload, no Node, its own process in
 * the sandbox. `bounds` is where the person last left a window of this kind.
 */
export function windowOptions(
  kind: WindowKind,
  bounds: Rectangle | null,
  isPackaged: boolean,
): BrowserWindowConstructorOptions {
  return {
    ...SIZES[kind],
    ...SMALLEST,
    ...(bounds ?? {}),
    useContentSize: bounds === null,
    show: false,
    title: WINDOW_TITLE,
    autoHideMenuBar: true,
    fullscreenable: kind === 'wide',
    webPreferences: {
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
      devTools: !isPackaged,
    },
  };
}

/** Keeps remembered bounds only while enough of the title bar lies on a display that is still there. */
export function boundsOnScreen(bounds: Rectangle | null, displays: readonly Rectangle[]): Rectangle | null {
  if (bounds === null) return null;
  const reachable = displays.some(
    (display) =>
      bounds.x + bounds.width > display.x + 80 &&
      bounds.x < display.x + display.width - 80 &&
      bounds.y >= display.y &&
      bounds.y < display.y + display.height - 40,
  );
  return reachable ? bounds : null;
}

/**
 * Where the compact window goes before the person has moved it: under or over the tray icon, inside the work
 * area. Null where the desktop does not tell where the icon is (Linux gives an empty rectangle).
 */
export function besideTray(icon: Rectangle | null, areas: readonly Rectangle[]): Rectangle | null {
  if (icon === null || icon.width === 0) return null;
  const { width, height } = SIZES.compact;
  const centreX = icon.x + icon.width / 2;
  const area = areas.find((one) => centreX >= one.x && centreX < one.x + one.width) ?? areas[0] ?? null;
  if (area === null) return null;
  const isAtTop = icon.y < area.y + area.height / 2;
  return {
    x: Math.round(Math.min(Math.max(centreX - width / 2, area.x), area.x + area.width - width)),
    y: isAtTop ? Math.max(area.y, icon.y + icon.height) : Math.min(icon.y, area.y + area.height) - height,
    width,
    height,
  };
}

/** What panels and docks leave of each display. */
export function workAreas(screen: Pick<Screen, 'getAllDisplays'>): readonly Rectangle[] {
  return screen.getAllDisplays().map((display) => display.workArea);
}

/**
 * The page that an address of the dashboard names: `#alerts`, `#/doctor`, `#project=shop`. The first page for
 * anything else: what it says comes from notices, which hold other people's words.
 */
export function pageTargetOf(address: string): PageTarget {
  const named = /^#\/?([a-z]{1,20})$/.exec(address)?.[1] ?? null;
  const project = address.includes('=')
    ? new URLSearchParams(address.replace(/^#/, '')).get('project')
    : null;
  return { project: project === '' ? null : project, page: project === null ? named : null, at: null };
}

/** The address to load: the core's one-time link, and in its fragment what this window should show. */
export function pageUrl(
  signInUrl: string,
  view: { readonly target: PageTarget | null; readonly isTrayMissing: boolean; readonly load: number },
): string {
  const url = new URL(signInUrl);
  // A new fragment alone would not load the page anew.
  url.searchParams.set('load', String(view.load));
  const fragment = new URLSearchParams(url.hash.replace(/^#/, ''));
  for (const [name, value] of Object.entries(view.target ?? {})) {
    if (typeof value === 'string') fragment.set(name, value);
  }
  if (view.isTrayMissing) fragment.set('tray', 'missing');
  url.hash = fragment.toString();
  return url.href;
}
