import { watch, type FSWatcher } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

import type { Config } from '../shared/contract/config.ts';
import { writeFileAtomic } from './atomic-file.ts';
import type { Clock } from './clock.ts';
import { parseConfig, readConfig, type ConfigProblem } from './config-file.ts';
import type { Places } from './places.ts';
import type { FileStamp } from './projects/file-stamp.ts';

const SETTLE_MS = 100;

/** The settings in force, and what is wrong with the file if its newest text could not be used. */
export interface ConfigInForce {
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
}

export interface ConfigWatch {
  current(): ConfigInForce;
  /** Looks whether the file changed; a backup for file systems that tell nothing. */
  refresh(): Promise<void>;
  close(): void;
}

/**
 * Follows `config.yaml`. A text that cannot be used changes nothing: the last good settings stay in force, over a
 * restart as well (they are kept as `config.last-good.yaml`). Resolves to null when there is no good text at all.
 */
export async function watchConfig(
  places: Places,
  clock: Clock,
  stampOf: FileStamp,
  onChange: (inForce: ConfigInForce) => void,
): Promise<ConfigWatch | { readonly problems: readonly ConfigProblem[] }> {
  const lastGoodPath = join(places.stateDir, 'config.last-good.yaml');
  const first = await readConfig(places.configPath);
  const config = first.ok ? first.config : await lastGood(lastGoodPath);
  const problems = first.ok ? [] : first.problems;
  if (config === null) return { problems };
  let inForce: ConfigInForce = { config, problems };
  let stamp = await configStamp(places.configPath, stampOf);
  if (first.ok) await keep(places.configPath, lastGoodPath);

  const reload = async (): Promise<void> => {
    const nowStamp = await configStamp(places.configPath, stampOf);
    if (nowStamp === stamp) return;
    stamp = nowStamp;
    const result = await readConfig(places.configPath);
    inForce = result.ok
      ? { config: result.config, problems: [] }
      : { config: inForce.config, problems: result.problems };
    if (result.ok) await keep(places.configPath, lastGoodPath);
    onChange(inForce);
  };

  let cancelSettle: (() => void) | null = null;
  const watcher = watchFolder(places.configDir, (filename) => {
    if (filename !== null && filename !== basename(places.configPath)) return;
    cancelSettle?.();
    cancelSettle = clock.after(SETTLE_MS, () => void reload());
  });

  return {
    current: () => inForce,
    refresh: reload,
    close() {
      cancelSettle?.();
      watcher?.close();
    },
  };
}

function watchFolder(dir: string, onEvent: (filename: string | null) => void): FSWatcher | null {
  try {
    const watcher = watch(dir, { persistent: false }, (_event, filename) => onEvent(filename));
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    // No inotify left, or the folder is not there yet: `refresh` finds the change at the next tick.
    return null;
  }
}

/** Many keep their settings in a repository and have a link here: then its target's. */
async function configStamp(path: string, stampOf: FileStamp): Promise<string> {
  const stamp = await stampOf(path);
  if (stamp !== null) return stamp;
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unreadable';
  }
}

async function keep(configPath: string, lastGoodPath: string): Promise<void> {
  const text = await readFile(configPath, 'utf8').catch(() => null);
  if (text !== null) await writeFileAtomic(lastGoodPath, text).catch(() => undefined);
}

async function lastGood(path: string): Promise<Config | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  const result = parseConfig(text);
  return result.ok ? result.config : null;
}
