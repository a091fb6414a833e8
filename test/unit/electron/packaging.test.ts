import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const rootDir = resolve(import.meta.dirname, '../../..');
const readText = (path: string): string => readFileSync(resolve(rootDir, path), 'utf8');
const builder = parse(readText('electron-builder.yml')) as Record<string, Record<string, unknown>>;

describe('what electron-builder is told', () => {
  it('sets every fuse on the safe side', () => {
    expect(builder['electronFuses']).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('publishes nothing by itself, and signs for the hardened runtime', () => {
    expect(builder['publish']).toBeNull();
    expect(builder['mac']).toMatchObject({ hardenedRuntime: true, extendInfo: { LSUIElement: true } });
  });

  it('makes an installer for each platform', () => {
    expect(builder['linux']?.['target']).toEqual(['AppImage', 'deb']);
    expect(builder['mac']?.['target']).toEqual(['dmg']);
    expect(builder['win']?.['target']).toEqual(['nsis']);
  });

  it('ships the packages that stay outside the bundle with what they need, and whoever uses npm gets the same', () => {
    const manifest = JSON.parse(readText('package.json')) as { dependencies: Record<string, string> };
    const vite = readText('vite.config.ts');
    const outside = /external: \[((?:'[\w-]+'(?:, )?)+)\]/.exec(vite)?.[1] ?? '';
    expect(outside.replaceAll("'", '').split(', ').sort()).toEqual(Object.keys(manifest.dependencies).sort());
    expect(builder['files']).not.toContain('!**/node_modules/**');
  });
});

describe('the shell', () => {
  it('is the entry of the package, and its name the product’s', () => {
    const manifest = JSON.parse(readText('package.json')) as Record<string, unknown>;
    expect(manifest['main']).toBe('dist/electron/main.js');
    expect(builder['productName']).toBe(manifest['productName']);
  });

  it.each([
    'nodeIntegration: true',
    'contextIsolation: false',
    'sandbox: false',
    'webSecurity: false',
    'webviewTag: true',
    'preload',
    'ipcMain',
    'file://',
  ])('has no "%s" anywhere', (text) => {
    const files = ['main', 'window', 'window-options', 'page-rules', 'tray', 'navigation', 'start-core'];
    for (const name of files) {
      const code = readText(`electron/${name}.ts`).replaceAll(/\/\*[^]*?\*\/|\/\/.*$/gm, '');
      expect(code).not.toContain(text);
    }
  });
});
