import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { NearbyRepository } from '../../shared/contract/nearby.ts';
import type { Clock } from '../clock.ts';

/** `~/code/team/shop` is found, what lies deeper is typed. */
const MOST_DEEP = 3;
const MOST_FOLDERS = 2_000;
const MOST_SHOWN = 12;
const LIMIT_MS = 1_500;
/** Large, and never a person's own work; folders that begin with a dot are left out as well. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'node_modules',
  'Library',
  'Applications',
  'AppData',
  'Pictures',
  'Music',
  'Movies',
  'Videos',
  'snap',
  'go',
]);

/**
 * Git repositories in the home, the one worked on last first, but for the folders of `known`. Reads the names of folders
 * and nothing inside repositories; bounded in depth, number and time, follows no links. Never throws: what cannot be read
 * is not offered.
 */
export async function nearbyRepositories(
  homeDir: string,
  known: readonly string[],
  clock: Pick<Clock, 'monotonicMs'>,
): Promise<NearbyRepository[]> {
  if (homeDir === '') return [];
  const endsAtMs = clock.monotonicMs() + LIMIT_MS;
  const found: { path: string; name: string; changedMs: number }[] = [];
  let folders: { path: string; name: string; depth: number }[] = [{ path: homeDir, name: '', depth: 0 }];
  let looked = 0;
  while (folders.length > 0 && looked < MOST_FOLDERS && clock.monotonicMs() < endsAtMs) {
    const [folder, ...rest] = folders;
    folders = rest;
    if (folder === undefined) break;
    looked += 1;
    const entries = await readdir(folder.path, { withFileTypes: true }).catch((): Dirent[] => []);
    if (folder.depth > 0 && entries.some((entry) => entry.name === '.git')) {
      const changedMs = await changedAtMs(folder.path);
      if (changedMs !== null) found.push({ path: folder.path, name: folder.name, changedMs });
      continue;
    }
    if (folder.depth === MOST_DEEP) continue;
    for (const entry of entries) {
      if (!entry.isDirectory() || entry.name.startsWith('.') || LEFT_OUT.has(entry.name)) continue;
      folders.push({ path: join(folder.path, entry.name), name: entry.name, depth: folder.depth + 1 });
    }
  }
  const home = await realpath(homeDir).catch(() => homeDir);
  // Registered folders have their links followed.
  const isKnown = (path: string): boolean =>
    known.includes(path) || known.includes(join(home, path.slice(homeDir.length)));
  return found
    .filter(({ path }) => !isKnown(path))
    .sort((one, other) => other.changedMs - one.changedMs)
    .slice(0, MOST_SHOWN)
    .map(({ path, name, changedMs }) => ({ path, name, changedAt: new Date(changedMs).toISOString() }));
}

/** When the repository was last worked in: a commit, a checkout and a pull all write there. */
async function changedAtMs(path: string): Promise<number | null> {
  const times = await Promise.all(
    ['.git', '.git/HEAD', '.git/index', '.git/logs/HEAD'].map((part) =>
      stat(join(path, part)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  const latest = Math.max(...times);
  return latest === 0 ? null : latest;
}
