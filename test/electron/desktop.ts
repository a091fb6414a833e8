import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import { _electron } from 'playwright-core';
import type { ElectronApplication } from 'playwright-core';

import { electronPath } from '../../scripts/system-parts.ts';

/** Stands behind the title of every test of this folder. */
export const NEEDS = '(needs the Electron runtime, xvfb and dbus)';

const rootDir = resolve(import.meta.dirname, '../..');
/** Chromium's sandbox does not start as root, so root runs the desktop as `nobody`. */
const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : null;

/** A display, a session bus and a home of their own, as one person's login has them. */
export interface Desktop {
  readonly homeDir: string;
  readonly busAddress: string;
  /** For every program of this session. */
  readonly env: Readonly<Record<string, string>>;
  /** Starts a program as the session's user. */
  run(program: string, args: readonly string[], env?: Readonly<Record<string, string>>): ChildProcess;
  /** Writes a file the session's user owns. */
  writeFile(path: string, text: string): void;
  makeDir(path: string): void;
  /** Starts the built shell. */
  launch(): Promise<ElectronApplication>;
  stop(): Promise<void>;
}

export async function startDesktop(): Promise<Desktop> {
  const homeDir = mkdtempSync(join(tmpdir(), 'shell-'));
  chmodSync(homeDir, 0o700);
  own(homeDir);
  const started: ChildProcess[] = [];
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
      stdio: ['ignore', 'pipe', 'pipe', ...extra],
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
  const env = { ...baseEnv, DISPLAY: `:${displayNumber}`, DBUS_SESSION_BUS_ADDRESS: busAddress };

  return {
    homeDir,
    busAddress,
    env,
    makeDir,
    run: (program, args, more = {}) => start(program, args, { ...env, ...more }),
    writeFile(path, text) {
      writeFileSync(path, text);
      own(path);
    },
    launch: () => launchShell(homeDir, env),
    async stop() {
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

/** The shell out of a copy: the session's user need not be able to read the checkout. */
async function launchShell(
  homeDir: string,
  env: Readonly<Record<string, string>>,
): Promise<ElectronApplication> {
  const executable = electronPath();
  if (executable === null) throw new Error('There is no Electron runtime.');
  const appDir = join(homeDir, 'app');
  for (const part of ['package.json', 'dist', 'resources/icons']) {
    cpSync(join(rootDir, part), join(appDir, part), { recursive: true });
  }
  const startPath = join(homeDir, 'start-shell');
  const prefix = user === null ? '' : `setpriv --reuid=${user.uid} --regid=${user.gid} --clear-groups `;
  // Playwright adds --no-sandbox for root; here it is the session's user who starts the shell.
  writeFileSync(
    startPath,
    `#!/bin/bash\nargs=("\${@/#--no-sandbox/}")\nexec ${prefix}'${executable}' "\${args[@]:1}"\n`,
    { mode: 0o755 },
  );
  return _electron.launch({ executablePath: startPath, args: [appDir], env, cwd: homeDir });
}

function own(path: string): void {
  if (user !== null) chownSync(path, user.uid, user.gid);
}

async function firstLine(child: ChildProcess, stream: Readable | null): Promise<string> {
  if (stream === null) throw new Error('no output');
  const lines = createInterface({ input: stream });
  let complaints = '';
  child.stderr?.on('data', (text: Buffer) => (complaints += text.toString()));
  const line = await Promise.race([
    once(lines, 'line').then(([text]) => text as string),
    once(child, 'exit').then(() => {
      throw new Error(`${child.spawnfile} ended: ${complaints}`);
    }),
    once(child, 'error').then(([error]) => {
      throw error as Error;
    }),
  ]);
  return line;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await exit;
  clearTimeout(timer);
}
