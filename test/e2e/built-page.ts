import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { createBuilder } from 'vite';

const ROOT = resolve(import.meta.dirname, '../..');
const PAGE_DIR = join(ROOT, 'dist/renderer');

/** The folder of the built page; builds it first when it is missing or older than its sources. */
export async function builtPageDir(): Promise<string> {
  const newestSourceMs = Math.max(...['renderer', 'shared'].map((name) => newestMs(join(ROOT, name))));
  const builtMs = statSync(join(PAGE_DIR, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (builtMs < newestSourceMs) await buildPage();
  return PAGE_DIR;
}

/** The test runner's NODE_ENV would give React's development build. */
async function buildPage(): Promise<void> {
  const runnersEnv = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    const builder = await createBuilder({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'error' });
    await builder.build(builder.environments['client']!);
  } finally {
    if (runnersEnv === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = runnersEnv;
  }
}

function newestMs(dir: string): number {
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  return Math.max(...names.map((name) => statSync(join(dir, name)).mtimeMs));
}
