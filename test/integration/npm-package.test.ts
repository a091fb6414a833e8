import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { PRODUCT_VERSION } from '../../core/product-version.ts';
import { writeLaptop } from './running-daemon.ts';

const run = promisify(execFile);
const rootDir = resolve(import.meta.dirname, '../..');
/** Stated in docs/packaging.md. */
const TARBALL_BUDGET_BYTES = 2e6;
const INSTALLED_BUDGET_BYTES = 16e6;

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

describe('the npm package', () => {
  const workDir = mkdtempSync(join(tmpdir(), 'npm-package-'));
  const prefixDir = join(workDir, 'prefix');
  const sysfsDir = join(workDir, 'sys');
  const modulesDir = join(prefixDir, 'lib/node_modules/meta-orchestrator/node_modules');
  let packed: Packed;

  /** With the Node of these tests in front. */
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    ORCH_HOME: join(workDir, 'home'),
    ORCH_PORT: '0',
    ORCH_SYSFS: sysfsDir,
  };
  const orch = async (...args: readonly string[]): Promise<string> =>
    (await run(join(prefixDir, 'bin/orch'), args, { env, cwd: workDir, timeout: 30_000 })).stdout;

  beforeAll(async () => {
    mkdirSync(prefixDir);
    writeLaptop(sysfsDir, { percent: 45, ac: false });
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', workDir];
    const { stdout } = await run('npm', args, { env, cwd: rootDir, maxBuffer: 16e6 });
    [packed] = JSON.parse(stdout) as [Packed];
    const quiet = ['--prefer-offline', '--no-audit', '--no-fund'];
    const from = join(workDir, packed.filename);
    await run('npm', ['install', '--global', '--prefix', prefixDir, ...quiet, from], { env, cwd: workDir });
  });
  afterAll(() => rmSync(workDir, { recursive: true, force: true }));

  it('holds the built product, and nothing of how it was made or of the shell', () => {
    const paths = packed.files.map(({ path }) => path);
    for (const wanted of ['dist/cli/orch.js', 'dist/core/sensor-worker.js', 'dist/renderer/index.html']) {
      expect(paths).toContain(wanted);
    }
    expect(paths.filter((path) => /\.(tsx?|map|tsbuildinfo)$|(^|\/)tests?\//.test(path))).toEqual([]);
    // npm takes what `main` names in any case: the entry alone, without what it loads.
    expect(paths.filter((path) => /electron/.test(path))).toEqual(['dist/electron/main.js']);
  });

  it('brings two packages with what they need, and no Electron', () => {
    const names = readdirSync(modulesDir).filter((name) => !name.startsWith('.'));
    expect(names).toContain('systeminformation');
    expect(names).toContain('node-notifier');
    expect(
      names.filter((name) => /electron|fastify|zod|octokit|kubernetes|opentelemetry/.test(name)),
    ).toEqual([]);
    expect(names.length).toBeLessThan(15);
  });

  it('is small', () => {
    const installedBytes = sizeBelow(prefixDir);
    console.log(
      `tarball ${mb(packed.size)}, unpacked ${mb(packed.unpackedSize)}, installed ${mb(installedBytes)}`,
    );
    expect(packed.size).toBeLessThan(TARBALL_BUDGET_BYTES);
    expect(installedBytes).toBeLessThan(INSTALLED_BUDGET_BYTES);
  });

  it('runs from where npm put it', async () => {
    expect(await orch('--version')).toBe(`${PRODUCT_VERSION}\n`);
    expect(await orch('sense')).toMatch(/^MEDIUM .*45 ?%/);
    expect(JSON.parse(await orch('daemon', '--once', '--json'))).toMatchObject({
      energy: { level: 'MEDIUM' },
    });
    expect(existsSync(join(workDir, 'home'))).toBe(true);
  });
});

function sizeBelow(dir: string): number {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
