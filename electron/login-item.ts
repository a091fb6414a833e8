import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { App } from 'electron';

/** Whether the desktop starts the shell with the session. */
export interface LoginItem {
  isOn(): boolean;
  /** Throws when the desktop's own list cannot be written. */
  set(isOn: boolean): void;
}

export interface LoginItemParts {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
  /** Program and arguments that start the shell again. */
  readonly command: readonly string[];
  readonly app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;
}

const FILE_NAME = 'meta-orchestrator.desktop';

/** Electron's own login item on macOS and Windows, a file of ours in the XDG autostart folder on Linux. */
export function createLoginItem(parts: LoginItemParts): LoginItem {
  if (parts.platform !== 'linux') {
    const { app } = parts;
    return {
      isOn: () => app.getLoginItemSettings().openAtLogin,
      set: (isOn) => app.setLoginItemSettings({ openAtLogin: isOn }),
    };
  }
  const path = join(configDir(parts), 'autostart', FILE_NAME);
  return {
    isOn: () => isStarting(path),
    set(isOn) {
      if (!isOn) {
        rmSync(path, { force: true });
        return;
      }
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      // Whole or not at all: a session may start meanwhile.
      const draft = `${path}.${process.pid}`;
      writeFileSync(draft, autostartEntry(parts.command), { mode: 0o644 });
      renameSync(draft, path);
    },
  };
}

/**
 * The program that is to be started again: the AppImage rather than what it unpacked for this run, and with the
 * app's folder where the app is no program of its own.
 */
export function startCommand(
  env: Readonly<Record<string, string | undefined>>,
  execPath: string,
  isPackaged: boolean,
  appPath: string,
): readonly string[] {
  const image = env['APPIMAGE'];
  if (isPackaged && image !== undefined && image !== '') return [image];
  return isPackaged ? [execPath] : [execPath, appPath];
}

/** A desktop entry for the autostart folder (Desktop Application Autostart Specification). */
export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Meta-Orchestrator',
    'Comment=May this be deployed, trained or merged now?',
    `Exec=${command.map(execWord).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/**
 * One word of an Exec key (Desktop Entry Specification, "The Exec key"): quoted, reserved characters escaped, then
 * each backslash once more as in every string value; `%` begins a field code and is doubled.
 */
function execWord(word: string): string {
  const quoted = `"${word.replaceAll(/["`$\\]/g, '\\$&')}"`;
  return quoted.replaceAll('\\', '\\\\').replaceAll('%', '%%').replaceAll('\n', '\\n');
}

/** The session's own tools switch an entry off by a key and leave the file. */
function isStarting(path: string): boolean {
  try {
    const text = readFileSync(path, 'utf8');
    return !/^\s*(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/m.test(text);
  } catch {
    return false;
  }
}

/** The XDG specification asks to ignore relative values. */
function configDir({ env, homeDir }: LoginItemParts): string {
  const said = env['XDG_CONFIG_HOME'];
  return said?.startsWith('/') === true ? said : join(homeDir, '.config');
}
