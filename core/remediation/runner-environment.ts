import { readFileSync } from 'node:fs';

import type { CommandConfig } from '../../shared/contract/command.ts';
import { isSecretName } from './runner-secrets.ts';

/** All that a command inherits from the core (docs/jobs.md, "Commands"). Held by a test against that page. */
export const INHERITED = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'TZ',
  'TMPDIR',
  'XDG_RUNTIME_DIR',
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'XDG_STATE_HOME',
  'XDG_CACHE_HOME',
  'DBUS_SESSION_BUS_ADDRESS',
  'SSH_AUTH_SOCK',
  'ORCH_HOME',
  // Windows finds nothing without these.
  'SystemRoot',
  'ComSpec',
  'PATHEXT',
  'APPDATA',
  'LOCALAPPDATA',
  'USERPROFILE',
  'TEMP',
  'TMP',
] as const;

type Environment = Readonly<Record<string, string | undefined>>;

export interface CommandEnvironment {
  readonly variables: Record<string, string>;
  /** Values that no kept output may show. */
  readonly secrets: string[];
}

/** What every command and every job of the core starts with. */
export function inheritedEnvironment(own: Environment): Record<string, string> {
  return picked(own, INHERITED);
}

/**
 * @param facts what the caller tells the command: ORCH_PROJECT, ORCH_CAUSE and the like
 * @throws Error that names the secret file which could not be read
 */
export function commandEnvironment(
  own: Environment,
  command: CommandConfig,
  facts: Readonly<Record<string, string>>,
): CommandEnvironment {
  const hidden = picked(own, command.secretEnvironment);
  for (const [name, path] of Object.entries(command.secretFiles)) hidden[name] = readSecret(name, path);
  const shown = { ...picked(own, command.passEnvironment), ...command.environment };
  const looksSecret = Object.entries(shown).filter(([name]) => isSecretName(name));
  return {
    variables: { ...inheritedEnvironment(own), ...shown, ...hidden, ...facts },
    secrets: [...Object.values(hidden), ...looksSecret.map(([, value]) => value)],
  };
}

function picked(own: Environment, names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of names) {
    const value = own[name];
    if (value !== undefined) found[name] = value;
  }
  return found;
}

function readSecret(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(`the file of ${name} cannot be read (${path}: ${code ?? message})`, { cause: error });
  }
}
