import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import { _electron } from 'playwright-core';
import type { ElectronApplication } from 'playwright-core';

import type { EndpointFile } from '../../shared/contract/endpoint-file.ts';
import { electronPath, hasPart } from '../../scripts/system-parts.ts';

/** Stands behind the title of every test of this folder. */
export const NEEDS = '(needs the Electron runtime, xvfb and dbus)';

/** Whether this machine has all that a desktop takes. */
export function hasDesktop(): boolean {
  return ['electron-runtime', 'electron-libraries', 'virtual-display'].every((part) => hasPart(part));
}

/** The core's steadiness, its tick and the way to the panel. */
export const SOON = { timeout: 20_000, interval: 100 };

export const rootDir = resolve(import.meta.dirname, '../..');
/** Pictures to look at after a run. */
export const screensDir = join(rootDir, 'test-results/screens');
const orchPath = join(rootDir, 'dist/cli/orch.js');
/** Chromium's sandbox does not start as root, so root runs the desktop as `nobody`. */
const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : null;

/** A display, a session bus and a home of their own, as one person's login has them. */
export interface Desktop {
  readonly homeDir: string;
  /** The machine's power as its programs see it; filled by `writeLaptop`. */
  readonly sysfsDir: string;
  readonly busAddress: string;
  /** For every program of this session. */
  readonly env: Readonly<Record<string, string>>;
  /** Starts a program as the session's user; what it is told comes through a pipe. */
  run(program: string, args: readonly string[], more?: Readonly<Record<string, string>>): ChildProcess;
  /** Writes a file the session's user owns. */
  writeFile(path: string, text: string, mode?: number): void;
  makeDir(path: string): void;
  /** Runs `orch` to its end and returns its exit code. */
  orch(...args: readonly string[]): Promise<number>;
  /** Asks the core's endpoint; the answer's body. Throws when it refuses. */
  ask(method: string, path: string, body?: unknown): Promise<unknown>;
  /** The real `orch daemon`, once it has an endpoint. */
  startCore(): Promise<ChildProcess>;
  /** Starts the built shell under Playwright's eyes. */
  launch(more?: Readonly<Record<string, string>>): Promise<ElectronApplication>;
  /** Starts the built shell once more, as a second click on its launcher does; returns its exit code. */
  startAgain(): Promise<number>;
  /** Ends everything that was started here. */
  stop(): Promise<void>;
}

export async function startDesktop(): Promise<Desktop> {
  const homeDir = mkdtempSync(join(tmpdir(), 'shell-'));
  chmodSync(homeDir, 0o700);
  own(homeDir);
  mkdirSync(screensDir, { recursive: true });
  const started: ChildProcess[] = [];
  const launched: LaunchedShell[] = [];
  const baseEnv: Record<string, string> = {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: homeDir,
    LANG: 'C.UTF-8',
    TMPDIR: tmpdir(),
    ORCH_HOME: join(homeDir, 'orch'),
    ORCH_PORT: '0',
  };
  const makeDir = (path: string): void => {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    own(path);
  };
  for (const [name, folder] of Object.entries(XDG_FOLDERS)) {
    baseEnv[name] = join(homeDir, folder);
    makeDir(baseEnv[name]);
  }
  makeDir(baseEnv['ORCH_HOME'] ?? '');
  const start = (
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    extra: readonly 'pipe'[] = [],
  ): ChildProcess => {
    const child = spawn(program, args, {
      env,
      cwd: homeDir,
      stdio: ['pipe', 'pipe', 'pipe', ...extra],
      ...user,
    });
    started.push(child);
    return child;
  };

  const display = start(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'],
    baseEnv,
    ['pipe'],
  );
  const displayNumber = await firstLine(display, display.stdio[3] as Readable);
  const busConfigPath = join(homeDir, 'bus.conf');
  writeFileSync(busConfigPath, busConfig(join(homeDir, 'bus')));
  const busArgs = [`--config-file=${busConfigPath}`, '--nofork', '--print-address=1'];
  const busProcess = start('dbus-daemon', busArgs, baseEnv);
  const busAddress = await firstLine(busProcess, busProcess.stdout);
  const env = {
    ...baseEnv,
    ORCH_HOME: join(homeDir, 'orch'),
    ORCH_SYSFS: join(homeDir, 'sys'),
    DISPLAY: `:${displayNumber}`,
    DBUS_SESSION_BUS_ADDRESS: busAddress,
  };

  const run: Desktop['run'] = (program, args, more = {}) => start(program, args, { ...env, ...more });
  return {
    homeDir,
    sysfsDir: env.ORCH_SYSFS,
    busAddress,
    env,
    makeDir,
    run,
    orch: async (...args) => exitCode(run(process.execPath, [orchPath, ...args])),
    async ask(method, path, body) {
      const text = readFileSync(join(env.ORCH_HOME, 'endpoint.json'), 'utf8');
      const { url, token } = JSON.parse(text) as EndpointFile;
      const reply = await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
      return (await reply.json()) as unknown;
    },
    async startCore() {
      const child = run(process.execPath, [orchPath, 'daemon', '--quiet']);
      await heard(child, child.stderr, (line) => line.includes('sign in once'));
      return child;
    },
    writeFile(path, text, mode = 0o644) {
      writeFileSync(path, text, { mode });
      own(path);
    },
    async launch(more = {}) {
      const executablePath = shellStarter(homeDir);
      const app = await _electron.launch({
        executablePath,
        args: [join(homeDir, 'app')],
        env: { ...env, ...more },
        cwd: homeDir,
      });
      // Playwright forgets the process of an app that has left.
      launched.push({ app, shell: app.process() });
      return app;
    },
    startAgain: () => exitCode(run(join(homeDir, 'start-shell'), [join(homeDir, 'app')])),
    async stop() {
      for (const one of launched) await left(one);
      for (const child of started.reverse()) await ended(child);
      rmSync(homeDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A session bus as any other, but the test itself may enter it as well, whoever runs it. */
function busConfig(socketPath: string): string {
  return `<busconfig>
  <type>session</type>
  <listen>unix:path=${socketPath}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
  </policy>
</busconfig>
`;
}

const XDG_FOLDERS = {
  XDG_CONFIG_HOME: '.config',
  XDG_STATE_HOME: '.state',
  XDG_CACHE_HOME: '.cache',
  XDG_DATA_HOME: '.data',
  XDG_RUNTIME_DIR: '.run',
};

/** A program that starts a copy of the shell: the session's user need not be able to write in the checkout. */
function shellStarter(homeDir: string): string {
  const executable = electronPath();
  if (executable === null) throw new Error('There is no Electron runtime.');
  for (const part of ['package.json', 'dist', 'resources/icons']) {
    cpSync(join(rootDir, part), join(homeDir, 'app', part), { recursive: true });
  }
  const startPath = join(homeDir, 'start-shell');
  const switchUser =
    user === null
      ? ''
      : `[ $(id -u) != 0 ] || set -- setpriv --reuid=${user.uid} --regid=${user.gid} --clear-groups "$@"`;
  // Playwright adds --no-sandbox when root runs it; here the session's user starts the shell, sandbox and all.
  const script = `#!/bin/bash
args=()
for one in "$@"; do [ "$one" = --no-sandbox ] || args+=("$one"); done
set -- '${executable}' "\${args[@]}"
${switchUser}
exec "$@"
`;
  writeFileSync(startPath, script, { mode: 0o755 });
  return startPath;
}

function own(path: string): void {
  if (user !== null) chownSync(path, user.uid, user.gid);
}

async function firstLine(child: ChildProcess, stream: Readable | null): Promise<string> {
  return heard(child, stream, () => true);
}

/** The first line that satisfies. Throws with everything the program complained of when it ends before. */
async function heard(
  child: ChildProcess,
  stream: Readable | null,
  isWanted: (line: string) => boolean,
): Promise<string> {
  let complaints = '';
  child.stderr?.on('data', (text: Buffer) => (complaints += text.toString()));
  return new Promise((resolveLine, reject) => {
    if (stream !== null) {
      createInterface({ input: stream }).on('line', (line) => {
        if (isWanted(line)) resolveLine(line);
      });
    }
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${child.spawnfile} ended with ${code}: ${complaints}`)));
  });
}

async function exitCode(child: ChildProcess): Promise<number> {
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? -1;
}

interface LaunchedShell {
  readonly app: ElectronApplication;
  readonly shell: ChildProcess;
}

/** Quits the shell as a person does, unless it has left. Throws when it is still there after 30 s, and ends it by force. */
async function left({ app, shell }: LaunchedShell): Promise<void> {
  if (shell.exitCode !== null || shell.signalCode !== null) return;
  const forced = new AbortController();
  const timer = setTimeout(() => {
    forced.abort();
    shell.kill('SIGKILL');
  }, 30_000);
  await app.close();
  clearTimeout(timer);
  if (forced.signal.aborted) throw new Error('The shell did not leave within 30 s of quitting.');
}

/** Ends a program by its id, by force after 30 s: on a busy machine a core takes a while to close its record. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 30_000);
  await exit;
  clearTimeout(timer);
}
