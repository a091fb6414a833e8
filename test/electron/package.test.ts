import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { electronPath } from '../../scripts/system-parts.ts';
import { startStatusNotifierWatcher } from '../fakes/status-notifier-watcher.ts';
import { writeLaptop } from '../integration/running-daemon.ts';
import { asarFiles } from './asar-archive.ts';
import { ended, hasDesktop, NEEDS, rootDir, SOON, startDesktop } from './desktop.ts';
import type { Desktop } from './desktop.ts';

const run = promisify(execFile);
const builderPath = join(rootDir, 'node_modules/electron-builder/cli.js');

describe.skipIf(!hasDesktop() || process.platform !== 'linux')(`the packaged app ${NEEDS}`, () => {
  let desktop: Desktop;
  let programPath = '';
  let asarPath = '';

  beforeAll(async () => {
    desktop = await startDesktop();
    writeLaptop(desktop.sysfsDir, { percent: 45, ac: false });
    const runtimeDir = dirname(electronPath() ?? '');
    const outDir = join(desktop.homeDir, 'out');
    await run(
      process.execPath,
      [
        builderPath,
        ...['--linux', 'dir'],
        `-c.electronDist=${runtimeDir}`,
        `-c.electronVersion=${readFileSync(join(runtimeDir, 'version'), 'utf8').trim().replace(/^v/, '')}`,
        `-c.directories.output=${outDir}`,
      ],
      { cwd: rootDir },
    ).catch((error: unknown) => {
      throw new Error((error as { stdout: string }).stdout);
    });
    programPath = join(outDir, 'linux-unpacked/meta-orchestrator');
    asarPath = join(outDir, 'linux-unpacked/resources/app.asar');
    rmSync(join(outDir, 'linux-unpacked/resources/default_app.asar'), { force: true });
  });
  afterAll(() => desktop.stop());

  it('holds the built product and nothing of how it was made', () => {
    const files = asarFiles(asarPath);
    for (const wanted of [
      '/dist/electron/main.js',
      '/dist/renderer/index.html',
      '/dist/core/sensor-worker.js',
    ]) {
      expect(files).toContain(wanted);
    }
    expect(new Set(files.map((path) => path.split('/')[1]))).toEqual(
      new Set(['LICENSE', 'dist', 'node_modules', 'package.json', 'resources']),
    );
    expect(files.filter((path) => /\.(ts|tsx|map|env)$|\/tests?\//.test(path))).toEqual([]);
  });

  // Were one of them a Node or a debugger, it would not end with the shell's own code for a refused switch.
  it.each([
    ['the debugging port', [], {}],
    ['ELECTRON_RUN_AS_NODE', ['-e', 'process.exit(77)'], { ELECTRON_RUN_AS_NODE: '1' }],
    ['NODE_OPTIONS', [], { NODE_OPTIONS: '--import=data:text/javascript,process.exit(77)' }],
  ])('cannot be opened by %s', async (_, args, env) => {
    const started = desktop.run(programPath, ['--remote-debugging-port=0', ...args], env);
    expect(await new Promise((resolve) => started.once('exit', resolve))).toBe(2);
  });

  it('hosts a core and shows its tray', async () => {
    const watcher = await startStatusNotifierWatcher(desktop.busAddress);
    const app = desktop.run(programPath, []);
    const endpointPath = join(desktop.env['ORCH_HOME'] ?? '', 'endpoint.json');
    await expect.poll(() => existsSync(endpointPath), SOON).toBe(true);
    await expect.poll(() => watcher.items().length, SOON).toBe(1);
    await expect.poll(() => watcher.tooltip(watcher.items()[0] ?? ''), SOON).toMatch(/^MEDIUM: /);
    expect(await desktop.orch('status')).toBe(0);
    const page = await fetch((JSON.parse(readFileSync(endpointPath, 'utf8')) as { url: string }).url);
    expect(await page.text()).toContain('<div id="page">');
    await ended(app);
    expect(existsSync(endpointPath)).toBe(false);
    watcher.close();
  });
});
