import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What every start and every test needs to be there. */
const BUILT = ['dist/cli/orch.js', 'dist/renderer/index.html'];
/** What the build is made from. */
const SOURCES = ['shared', 'core', 'cli', 'electron', 'renderer', 'vite.config.ts', 'package.json'];

/** Why the build must be made again, for a person; null when it is newer than every source. */
export function staleBuild(rootDir: string): string | null {
  const builtAtMs = BUILT.map((path) => changedAtMs(join(rootDir, path)));
  const missing = BUILT[builtAtMs.indexOf(null)];
  if (missing !== undefined) return `${missing} is missing`;
  const oldestMs = Math.min(...builtAtMs.map((atMs) => atMs ?? 0));
  const changed = SOURCES.find((path) => newestMs(join(rootDir, path)) > oldestMs);
  return changed === undefined ? null : `${changed} is newer than the build`;
}

function changedAtMs(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

/** The newest change below a path. Folders count: a deleted file changes nothing but its folder. */
function newestMs(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return readdirSync(path).reduce(
    (newest, name) => Math.max(newest, newestMs(join(path, name))),
    found.mtimeMs,
  );
}
