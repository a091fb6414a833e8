import { join } from 'node:path';

import { staleBuild } from './build-freshness.ts';
import { runProgram } from './run-program.ts';

/** Builds the product when its sources are newer than the last build; the builder's exit code, 0 without need. */
export async function buildWhenStale(rootDir: string): Promise<number> {
  const stale = staleBuild(rootDir);
  if (stale === null) return 0;
  process.stderr.write(`building: ${stale}\n`);
  const vite = join(rootDir, 'node_modules/vite/bin/vite.js');
  return runProgram(process.execPath, [vite, 'build', '--app', '--logLevel', 'warn'], { cwd: rootDir });
}
