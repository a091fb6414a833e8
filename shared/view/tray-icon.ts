import { ENERGY_LEVELS } from '../contract/vocabulary.ts';

import type { LevelLook } from './level-colours.ts';
import { LEVEL_LOOKS } from './level-colours.ts';
import type { TrayIcon, TrayPermission } from './tray-view.ts';

/** What lies behind the icon; `template` is alpha alone, coloured by the menu bar of macOS. */
export type TrayPanel = 'light' | 'dark' | 'template';

export type TrayPlatform = 'linux' | 'darwin' | 'win32';

/** Everything is drawn on a grid of 16, the smallest size it must read at. */
const CENTRE = 8;
const RING_RADIUS = 7;
const RING_WIDTH = 2;
const TRACK_OPACITY = 0.3;

const INK: Record<TrayPanel, string> = { light: '#1F2328', dark: '#F4F5F7', template: '#000000' };

/** The icon as an SVG of 16 by 16: the ring tells the level, the shape inside the permission. */
export function trayIconSvg(icon: TrayIcon, panel: TrayPanel): string {
  const ink = INK[panel];
  const body = [
    ...ring(LEVEL_LOOKS[icon.level], panel),
    ...(icon.halt ? haltShape(ink) : permissionShape(icon.permission, ink)),
  ];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16" fill="none">` +
    `${body.join('')}</svg>`
  );
}

function ring(look: LevelLook, panel: TrayPanel): readonly string[] {
  const track = `<circle cx="8" cy="8" r="${RING_RADIUS}" stroke="${INK[panel]}" stroke-width="1.5" stroke-opacity="${TRACK_OPACITY}"/>`;
  const line = ringLine(look);
  const strokes = ringStrokes(look, panel).map(
    ([colour, width]) => `<path d="${line}" stroke="${colour}" stroke-width="${width}"${ringDash(look)}/>`,
  );
  if (look.notch) return [PLUG_NOTCH, `<g mask="url(#n)">${strokes.join('')}</g>`];
  return look.dashed ? strokes : [track, ...strokes];
}

/** Pale fills on a light panel keep their hue inside an outline that is dark enough. */
function ringStrokes(look: LevelLook, panel: TrayPanel): readonly (readonly [string, number])[] {
  if (panel === 'template') return [[INK.template, RING_WIDTH]];
  if (panel === 'dark') return [[look.dark, RING_WIDTH]];
  if (look.light === look.lightInk) return [[look.light, RING_WIDTH]];
  return [
    [look.lightInk, RING_WIDTH],
    [look.light, RING_WIDTH - 1],
  ];
}

function ringDash(look: LevelLook): string {
  if (!look.dashed) return '';
  const stepLength = (2 * Math.PI * RING_RADIUS) / 8;
  return ` stroke-dasharray="${fixed(stepLength * 0.55)} ${fixed(stepLength * 0.45)}"`;
}

/** Two prongs' width of gap at the bottom of the closed ring. */
const PLUG_NOTCH =
  '<mask id="n"><path d="M0 0h16v16H0z" fill="#fff"/>' +
  '<path d="M6 12.5h1.25V16H6zM8.75 12.5H10V16H8.75z" fill="#000"/></mask>';

function ringLine(look: LevelLook): string {
  return look.ringShare === 1 ? FULL_CIRCLE : arc(look.ringShare);
}

const FULL_CIRCLE = `M8 ${8 - RING_RADIUS}a${RING_RADIUS} ${RING_RADIUS} 0 1 1 -0.001 0z`;

/** Clockwise from the top. */
function arc(share: number): string {
  const angle = share * 2 * Math.PI;
  const x = CENTRE + RING_RADIUS * Math.sin(angle);
  const y = CENTRE - RING_RADIUS * Math.cos(angle);
  const large = share > 0.5 ? 1 : 0;
  return `M8 ${fixed(CENTRE - RING_RADIUS)}A${RING_RADIUS} ${RING_RADIUS} 0 ${large} 1 ${fixed(x)} ${fixed(y)}`;
}

function permissionShape(permission: TrayPermission, ink: string): readonly string[] {
  switch (permission) {
    case 'allowed':
      return [`<circle cx="8" cy="8" r="3" fill="${ink}"/>`];
    case 'throttled':
      return [`<path d="M5 5h2v6H5zM9 5h2v6H9z" fill="${ink}"/>`];
    case 'blocked':
      return [`<path d="M5.25 5.25l5.5 5.5M10.75 5.25l-5.5 5.5" stroke="${ink}" stroke-width="2"/>`];
    case 'unknown':
      return [
        `<path d="M5.9 6.6a2.1 2 0 1 1 3.3 1.5c-.8.5-1.2.8-1.2 1.5" stroke="${ink}" stroke-width="1.6"/>`,
        `<path d="M7 10.4h2v1.8H7z" fill="${ink}"/>`,
      ];
  }
}

/** A filled disc with the cross cut out, so that it differs from "blocked" without colour. */
function haltShape(ink: string): readonly string[] {
  return [
    `<mask id="x"><path d="M0 0h16v16H0z" fill="#fff"/>` +
      `<path d="M6.1 6.1l3.8 3.8M9.9 6.1l-3.8 3.8" stroke="#000" stroke-width="1.5"/></mask>`,
    `<circle cx="8" cy="8" r="4.4" fill="${ink}" mask="url(#x)"/>`,
  ];
}

function fixed(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** Every picture there is: six levels by four permissions, and HALT. */
export function allTrayIcons(): readonly TrayIcon[] {
  const permissions: readonly TrayPermission[] = ['allowed', 'throttled', 'blocked', 'unknown'];
  return ENERGY_LEVELS.flatMap((level) => [
    ...permissions.map((permission) => ({ level, permission, halt: false })),
    { level, permission: 'blocked' as const, halt: true },
  ]);
}

/** Pixel size of the picture by platform and display scale, largest scale last. */
const LINUX_SIZES: readonly { readonly upTo: number; readonly px: number }[] = [
  { upTo: 1, px: 22 },
  { upTo: 1.5, px: 32 },
  { upTo: Infinity, px: 44 },
];

/**
 * Name of the picture's file under resources/icons/tray. macOS takes the `@2x` sibling by itself, and paints
 * a name ending in `Template` in the bar's own colour; an .ico holds every size Windows asks for.
 * `scale` is the display's, 1 and up; only Linux needs it.
 */
export function trayIconFilename(
  icon: TrayIcon,
  platform: TrayPlatform,
  panel: 'light' | 'dark',
  scale: number,
): string {
  const stem = `${icon.level.toLowerCase()}-${icon.halt ? 'halt' : icon.permission}`;
  if (platform === 'darwin') return `${stem}-Template.png`;
  if (platform === 'win32') return `${stem}-${panel}.ico`;
  const size = LINUX_SIZES.find((one) => scale <= one.upTo)?.px ?? 44;
  return `${stem}-${panel}-${size}.png`;
}

/** A file to draw: its name, what it shows, and the pixel sizes inside it (several only in an .ico). */
export interface TrayIconSource {
  readonly filename: string;
  readonly svg: string;
  readonly sizesPx: readonly number[];
}

/** Every tray picture of every platform: what scripts/draw-icons.ts draws into resources/icons/tray. */
export function trayIconSources(): readonly TrayIconSource[] {
  return allTrayIcons().flatMap((icon) => {
    const template = trayIconFilename(icon, 'darwin', 'light', 1);
    const templateSvg = trayIconSvg(icon, 'template');
    return [
      { filename: template, svg: templateSvg, sizesPx: [16] },
      { filename: template.replace('.png', '@2x.png'), svg: templateSvg, sizesPx: [32] },
      ...(['light', 'dark'] as const).flatMap((panel) => {
        const svg = trayIconSvg(icon, panel);
        return [
          ...LINUX_SIZES.map(({ upTo, px }) => ({
            filename: trayIconFilename(icon, 'linux', panel, upTo),
            svg,
            sizesPx: [px],
          })),
          { filename: trayIconFilename(icon, 'win32', panel, 1), svg, sizesPx: WINDOWS_SIZES_PX },
        ];
      }),
    ];
  });
}

const WINDOWS_SIZES_PX = [16, 20, 24, 32];

/**
 * What lies behind the tray icon. GNOME's bar is dark in both of its themes; elsewhere the bar follows the
 * system theme. `desktop` is XDG_CURRENT_DESKTOP where there is one.
 */
export function trayPanel(desktop: string, prefersDark: boolean): 'light' | 'dark' {
  const isGnome = desktop.split(':').some((name) => name.toUpperCase() === 'GNOME');
  return isGnome || prefersDark ? 'dark' : 'light';
}
