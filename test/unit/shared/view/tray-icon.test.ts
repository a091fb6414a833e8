import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import {
  allTrayIcons,
  trayIconFilename,
  trayIconSources,
  trayIconSvg,
  trayPanel,
} from '../../../../shared/view/tray-icon.ts';
import type { TrayIcon } from '../../../../shared/view/tray-view.ts';

const iconsDir = resolve(import.meta.dirname, '../../../../resources/icons');
const low: TrayIcon = { level: 'LOW', permission: 'blocked', halt: false };

describe('the drawing', () => {
  it('differs for every level, permission and HALT, without colour too', () => {
    const drawings = allTrayIcons().map((icon) => trayIconSvg(icon, 'template'));
    expect(new Set(drawings).size).toBe(30);
  });

  it('uses nothing but black for a macOS template', () => {
    for (const icon of allTrayIcons()) {
      const colours = trayIconSvg(icon, 'template')
        .replaceAll(/<mask.*?<\/mask>/g, '')
        .match(/#[0-9A-Fa-f]{6}/g);
      expect(new Set(colours)).toEqual(new Set(['#000000']));
    }
  });

  it('takes the level colour of the panel it stands on', () => {
    expect(trayIconSvg(low, 'light')).toContain('#E69F00');
    expect(trayIconSvg(low, 'dark')).toContain('#FFB938');
  });
});

describe('the file', () => {
  it.each([
    ['linux', 'dark', 1, 'low-blocked-dark-22.png'],
    ['linux', 'light', 1.25, 'low-blocked-light-32.png'],
    ['linux', 'light', 2, 'low-blocked-light-44.png'],
    ['linux', 'dark', 3, 'low-blocked-dark-44.png'],
    ['darwin', 'dark', 2, 'low-blocked-Template.png'],
    ['win32', 'light', 1.5, 'low-blocked-light.ico'],
  ] as const)('%s on a %s panel at %s', (platform, panel, scale, filename) => {
    expect(trayIconFilename(low, platform, panel, scale)).toBe(filename);
  });

  it('names HALT instead of the permission', () => {
    expect(trayIconFilename({ ...low, halt: true }, 'linux', 'dark', 1)).toBe('low-halt-dark-22.png');
  });
});

describe('the panel', () => {
  it.each([
    ['GNOME', false, 'dark'],
    ['ubuntu:GNOME', false, 'dark'],
    ['KDE', false, 'light'],
    ['KDE', true, 'dark'],
    ['', false, 'light'],
  ] as const)('%j with dark=%s is %s', (desktop, prefersDark, panel) => {
    expect(trayPanel(desktop, prefersDark)).toBe(panel);
  });
});

describe('the shipped pictures', () => {
  const manifest = JSON.parse(readFileSync(resolve(iconsDir, 'manifest.json'), 'utf8')) as Record<
    string,
    { source: string; file: string }
  >;

  it('are drawn from today’s drawing (else: node scripts/draw-icons.ts)', () => {
    const expected = Object.fromEntries(
      trayIconSources().map(({ filename, svg }) => [`tray/${filename}`, sha256(svg)]),
    );
    expected['app.png'] = sha256(readFileSync(resolve(iconsDir, 'app.svg')));
    const found = Object.fromEntries(Object.entries(manifest).map(([name, { source }]) => [name, source]));
    expect(found).toEqual(expected);
  });

  it('are the very files the manifest tells of', () => {
    for (const [filename, { file }] of Object.entries(manifest)) {
      expect(sha256(readFileSync(resolve(iconsDir, filename))), filename).toBe(file);
    }
    const onDisk = readdirSync(resolve(iconsDir, 'tray')).map((filename) => `tray/${filename}`);
    expect(onDisk.sort()).toEqual(
      Object.keys(manifest)
        .filter((name) => name !== 'app.png')
        .sort(),
    );
  });
});

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
