import { execFile } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';

import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { PRODUCT_VERSION } from '../../core/product-version.ts';
import { electronPath } from '../../scripts/system-parts.ts';
import { startStatusNotifierWatcher } from '../fakes/status-notifier-watcher.ts';
import { writeLaptop } from '../integration/running-daemon.ts';
import { asarFiles } from './asar-archive.ts';
import { ended, hasDesktop, NEEDS, rootDir, SOON, startDesktop } from './desktop.ts';
import type { Desktop } from './desktop.ts';

const run = promisify(execFile);
const builderPath = join(rootDir, 'node_modules/electron-builder/cli.js');
/** Of our own share: all but Electron. Stated in docs/packaging.md. */
const BUDGET_BYTES = 12e6;
const EXIT_USAGE = 2;

describe.skipIf(!hasDesktop() || process.platform !== 'linux')(`the packaged app ${NEEDS}`, () => {
  let desktop: Desktop;
  let outDir = '';
  let appDir = '';
  let programPath = '';
  let orchPath = '';

  const build = async (args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<void> => {
    const runtimeDir = dirname(electronPath() ?? '');
    const version = readFileSync(join(runtimeDir, 'version'), 'utf8').trim().replace(/^v/, '');
    const about = [`-c.electronDist=${runtimeDir}`, `-c.electronVersion=${version}`];
    const to = `-c.directories.output=${outDir}`;
    await run(process.execPath, [builderPath, '--linux', ...args, ...about, to], { cwd: rootDir, env }).catch(
      (error: unknown) => {
        throw new Error((error as { stdout: string }).stdout);
      },
    );
  };

  beforeAll(async () => {
    desktop = await startDesktop();
    writeLaptop(desktop.sysfsDir, { percent: 45, ac: false });
    outDir = join(desktop.homeDir, 'out');
    appDir = join(outDir, 'linux-unpacked');
    programPath = join(appDir, 'meta-orchestrator');
    orchPath = join(appDir, 'resources/bin/orch');
    await build(['dir']);
    // Some runtimes bring a page of their own, which a real Electron of electron-builder does not keep.
    rmSync(join(appDir, 'resources/default_app.asar'), { force: true });
  });
  afterAll(() => desktop.stop());

  it('holds the built product and nothing of how it was made', () => {
    const paths = asarFiles(join(appDir, 'resources/app.asar')).map(({ path }) => path);
    for (const wanted of [
      'electron/main.js',
      'renderer/index.html',
      'core/sensor-worker.js',
      'licenses.md',
    ]) {
      expect(paths).toContain(`/dist/${wanted}`);
    }
    expect(new Set(paths.map((path) => path.split('/')[1]))).toEqual(
      new Set(['LICENSE', 'dist', 'node_modules', 'package.json', 'resources']),
    );
    expect(paths.filter((path) => /\.(ts|tsx|map|env|tsbuildinfo)$|\/tests?\//.test(path))).toEqual([]);
  });

  it('has the packages that an installation through npm has, and no other', () => {
    const { packages } = JSON.parse(readFileSync(join(rootDir, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { dev?: boolean; version?: string }>;
    };
    const wanted = Object.entries(packages)
      .filter(([path, { dev }]) => path !== '' && dev !== true)
      .map(([path, { version }]) => `${path.split('node_modules/').at(-1) ?? ''} ${version ?? ''}`);
    const shipped = asarFiles(join(appDir, 'resources/app.asar'))
      .filter(({ path }) => /\/node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path))
      .map(({ path }) => readFileSync(join(appDir, 'resources/app.asar.unpacked', path), 'utf8'))
      .map((manifest) => JSON.parse(manifest) as { name: string; version: string })
      .map(({ name, version }) => `${name} ${version}`);
    expect(shipped.sort()).toEqual([...new Set(wanted)].sort());
  });

  it('stays within its share of 12 MB', () => {
    const files = asarFiles(join(appDir, 'resources/app.asar'));
    const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
    console.log(
      `own share ${(sizeBytes / 1e6).toFixed(1)} MB of ${BUDGET_BYTES / 1e6} MB, ${files.length} files`,
    );
    expect(sizeBytes).toBeLessThan(BUDGET_BYTES);
  });

  it('has its fuses set, as read from the program itself', async () => {
    const wire = await getCurrentFuseWire(programPath);
    expect({
      runAsNode: wire[FuseV1Options.RunAsNode],
      cookieEncryption: wire[FuseV1Options.EnableCookieEncryption],
      nodeOptions: wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
      inspect: wire[FuseV1Options.EnableNodeCliInspectArguments],
      integrity: wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation],
      asarOnly: wire[FuseV1Options.OnlyLoadAppFromAsar],
      fileRights: wire[FuseV1Options.GrantFileProtocolExtraPrivileges],
    }).toEqual({
      runAsNode: FuseState.DISABLE,
      cookieEncryption: FuseState.ENABLE,
      nodeOptions: FuseState.DISABLE,
      inspect: FuseState.DISABLE,
      integrity: FuseState.ENABLE,
      asarOnly: FuseState.ENABLE,
      fileRights: FuseState.DISABLE,
    });
  });

  // Were one of them a Node or a debugger, it would not end with the shell's own code for a refused switch.
  it.each([
    ['the debugging port', [], {}],
    ['the debugging port of its command line', ['--orch', '--remote-debugging-port=0', '--', 'status'], {}],
    ['ELECTRON_RUN_AS_NODE', ['-e', 'process.exit(77)'], { ELECTRON_RUN_AS_NODE: '1' }],
    ['NODE_OPTIONS', [], { NODE_OPTIONS: '--import=data:text/javascript,process.exit(77)' }],
  ])('cannot be opened by %s', async (_, args, env) => {
    const more = args[0] === '--orch' ? args : ['--remote-debugging-port=0', ...args];
    const started = desktop.run(programPath, more, env);
    expect(await new Promise((resolve) => started.once('exit', resolve))).toBe(EXIT_USAGE);
  });

  describe.each([
    ['without Node', () => join(desktop.homeDir, 'no-programs')],
    ['with the Node of the machine', () => dirname(process.execPath)],
  ])('as orch %s and without a display', (_, path) => {
    const orch = (...args: readonly string[]): Promise<Said> =>
      said(desktop.run('/bin/sh', [orchPath, ...args], { PATH: path(), DISPLAY: '' }));

    it('says its version, and nothing beside it', async () => {
      expect(await orch('--version')).toEqual({ code: 0, out: `${PRODUCT_VERSION}\n`, err: '' });
    });

    it('reads the sensors, in its thread', async () => {
      const { code, out } = await orch('sense');
      expect([code, out]).toEqual([0, expect.stringMatching(/^MEDIUM .*45 ?%/)]);
    });

    it('judges one round', async () => {
      const { code, out } = await orch('daemon', '--once', '--json');
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ energy: { level: 'MEDIUM' } });
    });

    it('hands on what looks like a switch, and the exit code', async () => {
      const { code, err } = await orch('--type=renderer', '--no-sandbox');
      expect([code, err]).toEqual([EXIT_USAGE, expect.stringContaining('no command "--type=renderer"')]);
      expect((await orch('status')).code).toBe(3);
    });
  });

  it('takes Node where it is there, through a link as well', async () => {
    const linkPath = join(desktop.homeDir, 'orch-link');
    symlinkSync(orchPath, linkPath);
    const nodeDir = join(desktop.homeDir, 'old-node');
    mkdirSync(nodeDir);
    // Says that it is too old, and would fail if it were used.
    writeFileSync(
      join(nodeDir, 'node'),
      '#!/bin/sh\n[ "$1" = --version ] && echo v22.12.0 && exit 0\nexit 78\n',
      {
        mode: 0o755,
      },
    );
    for (const [path, code] of [
      [nodeDir, 0],
      [dirname(process.execPath), 0],
    ] as const) {
      const answer = await said(desktop.run(linkPath, ['--version'], { PATH: `${path}:/usr/bin:/bin` }));
      expect(answer).toEqual({ code, out: `${PRODUCT_VERSION}\n`, err: '' });
    }
    writeFileSync(
      join(nodeDir, 'node'),
      '#!/bin/sh\n[ "$1" = --version ] && echo v24.1.0 && exit 0\nexit 78\n',
    );
    const taken = await said(desktop.run(linkPath, ['--version'], { PATH: `${nodeDir}:/usr/bin:/bin` }));
    expect(taken.code).toBe(78);
  });

  it('writes hooks that call its own orch, since it is no Node', async () => {
    const repoDir = join(desktop.homeDir, 'repo');
    expect((await said(desktop.run('git', ['init', '-q', repoDir]))).code).toBe(0);
    const noNode = join(desktop.homeDir, 'git-only');
    mkdirSync(noNode);
    const { stdout } = await run('/bin/sh', ['-c', 'command -v git']);
    symlinkSync(stdout.trim(), join(noNode, 'git'));
    const installed = await said(
      desktop.run('/bin/sh', [orchPath, 'hooks', 'install', repoDir], { PATH: noNode, DISPLAY: '' }),
    );
    expect(installed.code).toBe(0);
    const hook = readFileSync(join(repoDir, '.git/hooks/pre-push'), 'utf8');
    expect(hook).toMatch(/^node='?\/bin\/sh'?$/m);
    expect(hook).toMatch(/^orch='?\S+\/resources\/bin\/orch'?$/m);
  });

  it('goes into a deb with orch on the PATH and a service to enable', async () => {
    const toolDir = join(desktop.homeDir, 'tools');
    const toldPath = join(desktop.homeDir, 'told');
    mkdirSync(toolDir);
    // Stands in for fpm, which makes the file: what it is told to put where.
    const script = `#!/bin/sh\nprintf '%s\\n' "$@" >'${toldPath}'\nfor one; do [ "$last" != --package ] || : >"$one"; last=$one; done\n`;
    writeFileSync(join(toolDir, 'fpm'), script, { mode: 0o755 });
    const env = { ...process.env, PATH: `${toolDir}:${process.env['PATH'] ?? ''}`, USE_SYSTEM_FPM: 'true' };
    await build(['deb', '--prepackaged', appDir], env);
    const told = readFileSync(toldPath, 'utf8').split('\n');
    const unit = 'meta-orchestrator.service';
    expect(told).toContain('resources/packaging/linux/orch=/usr/bin/orch');
    expect(told).toContain(`resources/packaging/${unit}=/usr/lib/systemd/user/${unit}`);
    expect(existsSync(join(rootDir, 'resources/packaging', unit))).toBe(true);
    expect(told).toContain('README.md=/usr/share/doc/meta-orchestrator/README.md');
    expect(told).toContain('file:///usr/share/doc/meta-orchestrator/README.md');
    expect(told).toContain('The Meta-Orchestrator authors <root@localhost>');
    expect(told).toContain(`${appDir}/=/opt/Meta-Orchestrator`);
    const original = join(rootDir, 'resources/packaging/linux/orch');
    expect(statSync(original).mode & 0o777).toBe(0o755);
    expect(readFileSync(original, 'utf8')).toContain('app=/opt/Meta-Orchestrator');
  });

  it('hosts a core, shows its tray and answers its orch', async () => {
    const watcher = await startStatusNotifierWatcher(desktop.busAddress);
    const app = desktop.run(programPath, []);
    const endpointPath = join(desktop.env['ORCH_HOME'] ?? '', 'endpoint.json');
    await expect.poll(() => existsSync(endpointPath), SOON).toBe(true);
    await expect.poll(() => watcher.items().length, SOON).toBe(1);
    await expect.poll(() => watcher.tooltip(watcher.items()[0] ?? ''), SOON).toMatch(/^MEDIUM: /);
    expect(await desktop.orch('status')).toBe(0);
    const status = await said(desktop.run('/bin/sh', [orchPath, 'status'], { PATH: '', DISPLAY: '' }));
    expect([status.code, status.err]).toEqual([0, '']);
    expect(status.out).toContain('MEDIUM');
    const page = await fetch((JSON.parse(readFileSync(endpointPath, 'utf8')) as { url: string }).url);
    expect(await page.text()).toContain('<div id="page">');
    await ended(app);
    expect(existsSync(endpointPath)).toBe(false);
    watcher.close();
  });
});

interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What a program said until its end. */
async function said(child: ChildProcess): Promise<Said> {
  if (child.stdout === null || child.stderr === null) throw new Error('not piped');
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  return { code, out, err };
}
