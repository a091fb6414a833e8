import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { autostartEntry, createLoginItem, startCommand } from '../../../electron/login-item.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function onLinux(env: Record<string, string> = {}) {
  const homeDir = mkdtempSync(join(tmpdir(), 'login-'));
  folders.push(homeDir);
  const never = () => {
    throw new Error('not asked on Linux');
  };
  const app = { getLoginItemSettings: never, setLoginItemSettings: never };
  const item = createLoginItem({ platform: 'linux', env, homeDir, command: ['/opt/app'], app });
  return { item, homeDir, path: join(homeDir, '.config/autostart/meta-orchestrator.desktop') };
}

describe('starting at login on Linux', () => {
  it('writes an autostart entry and takes it away', () => {
    const { item, path } = onLinux();
    expect(item.isOn()).toBe(false);
    item.set(true);
    expect(item.isOn()).toBe(true);
    expect(readFileSync(path, 'utf8')).toMatch(/^\[Desktop Entry\]\nType=Application\n/);
    item.set(false);
    expect(existsSync(path)).toBe(false);
    item.set(false);
    expect(item.isOn()).toBe(false);
  });

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])('heeds %s of the session’s tools', (line) => {
    const { item, path } = onLinux();
    item.set(true);
    writeFileSync(
      path,
      `${readFileSync(path, 'utf8').replace('X-GNOME-Autostart-enabled=true', '')}${line}\n`,
    );
    expect(item.isOn()).toBe(false);
    item.set(true);
    expect(item.isOn()).toBe(true);
  });

  it('uses the folder that the session names, a relative one never', () => {
    const elsewhere = onLinux({ XDG_CONFIG_HOME: 'not/absolute' });
    elsewhere.item.set(true);
    expect(existsSync(elsewhere.path)).toBe(true);
    const named = mkdtempSync(join(tmpdir(), 'login-'));
    folders.push(named);
    mkdirSync(join(named, 'autostart'));
    onLinux({ XDG_CONFIG_HOME: named }).item.set(true);
    expect(existsSync(join(named, 'autostart/meta-orchestrator.desktop'))).toBe(true);
  });
});

describe('starting at login elsewhere', () => {
  it('is the system’s own login item', () => {
    let openAtLogin = false;
    const app = {
      getLoginItemSettings: () => ({ openAtLogin }) as never,
      setLoginItemSettings: (settings: { openAtLogin?: boolean }) => {
        openAtLogin = settings.openAtLogin === true;
      },
    };
    const item = createLoginItem({ platform: 'darwin', env: {}, homeDir: '/', command: ['x'], app });
    item.set(true);
    expect(item.isOn()).toBe(true);
    item.set(false);
    expect(item.isOn()).toBe(false);
  });
});

describe('the command of the entry', () => {
  const exec = (command: readonly string[]): string | undefined =>
    /^Exec=(.*)$/m.exec(autostartEntry(command))?.[1];

  it.each([
    [['/opt/my app/orch'], '"/opt/my app/orch"'],
    [['/opt/a', '/srv/50%'], '"/opt/a" "/srv/50%%"'],
    [['/opt/$HOME`x`"y"'], String.raw`"/opt/\\$HOME\\` + '`x' + String.raw`\\` + '`' + String.raw`\\"y\\""`],
    [['/a\\b'], String.raw`"/a\\\\b"`],
  ])('%j', (command, line) => {
    expect(exec(command)).toBe(line);
  });

  it('cannot grow a second line', () => {
    expect(autostartEntry(['/a\nExec=/evil']).match(/^Exec=/gm)).toHaveLength(1);
  });

  it.each([
    ['an AppImage, not what it unpacked', { APPIMAGE: '/home/me/M.AppImage' }, true, ['/home/me/M.AppImage']],
    ['a packaged program', {}, true, ['/opt/m/m']],
    ['a development run with its folder', { APPIMAGE: '/other.AppImage' }, false, ['/opt/m/m', '/src']],
  ] as const)('starts %s', (_, env, isPackaged, command) => {
    expect(startCommand(env, '/opt/m/m', isPackaged, '/src')).toEqual(command);
  });
});
