import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Debian's package nut-server puts its programs here; /usr/sbin/upsd is a wrapper that starts nothing. */
const PROGRAMS = '/lib/nut';

export const NUT_IS_HERE = existsSync(join(PROGRAMS, 'upsd')) && existsSync(join(PROGRAMS, 'dummy-ups'));

/** A real upsd with a dummy driver for each UPS, on a port of 127.0.0.1 of its own. */
export interface NutServer {
  /** "127.0.0.1:PORT". */
  readonly address: string;
  /** Rewrites what a UPS shows; its driver picks that up within about 5 s. */
  show(ups: string, dump: string): void;
  /** Ends one UPS's driver for good. */
  killDriver(ups: string): Promise<void>;
  /** Stops one UPS's driver without ending it, and lets it go on. */
  freezeDriver(ups: string): void;
  thawDriver(ups: string): void;
  killServer(): Promise<void>;
  /** Starts the server again on the same port. */
  startServer(): Promise<void>;
  /** Stops the server without ending it: it listens and says nothing. */
  freezeServer(): void;
  thawServer(): void;
  stop(): Promise<void>;
}

/** Starts one that serves `dumps`, the text of a .dev file by UPS name, and waits until all are served. */
export async function startNutServer(dumps: Readonly<Record<string, string>>): Promise<NutServer> {
  const dir = mkdtempSync(join(tmpdir(), 'nut-server-'));
  const port = await freePort();
  const names = Object.keys(dumps);
  const asRoot = process.getuid?.() === 0;
  const user = asRoot ? ['-u', 'root'] : [];
  const env = {
    ...process.env,
    NUT_CONFPATH: join(dir, 'etc'),
    NUT_STATEPATH: join(dir, 'state'),
    NUT_ALTPIDPATH: join(dir, 'pid'),
    NUT_PIDPATH: join(dir, 'pid'),
  };
  for (const folder of ['etc', 'state', 'pid']) mkdirSync(join(dir, folder), { mode: 0o750 });
  const put = (name: string, text: string) => writeFileSync(join(dir, 'etc', name), text, { mode: 0o640 });
  const entry = (name: string) =>
    `[${name}]\n  driver = dummy-ups\n  port = ${join(dir, 'etc', name)}.dev\n  mode = dummy-once\n`;
  for (const name of names) put(`${name}.dev`, dumps[name] ?? '');
  put('ups.conf', `pollinterval = 1\n${asRoot ? 'user = root\n' : ''}${names.map(entry).join('')}`);
  put('upsd.conf', `LISTEN 127.0.0.1 ${port}\nMAXAGE 5\n`);
  put('upsd.users', '[watcher]\n  password = for-this-test-only\n');
  put('nut.conf', 'MODE=none\n');

  const run = (program: string, args: readonly string[]) =>
    spawn(join(PROGRAMS, program), [...args, ...user, '-F'], { env, stdio: 'ignore' });
  const drivers = new Map(names.map((name) => [name, run('dummy-ups', ['-a', name])]));
  let server: ChildProcess | null = null;

  const nut: NutServer = {
    address: `127.0.0.1:${port}`,
    show: (ups, dump) => put(`${ups}.dev`, dump),
    async killDriver(ups) {
      const driver = drivers.get(ups);
      if (driver !== undefined) await end(driver);
    },
    freezeDriver: (ups) => void drivers.get(ups)?.kill('SIGSTOP'),
    thawDriver: (ups) => void drivers.get(ups)?.kill('SIGCONT'),
    async killServer() {
      if (server !== null) await end(server);
      server = null;
    },
    async startServer() {
      server = run('upsd', []);
      await eventually(`upsd on port ${port}`, () => listens(port));
    },
    freezeServer: () => void server?.kill('SIGSTOP'),
    thawServer: () => void server?.kill('SIGCONT'),
    async stop() {
      await nut.killServer();
      await Promise.all([...drivers.values()].map(end));
      rmSync(dir, { recursive: true, force: true });
    },
  };
  try {
    const socketOf = (name: string) => join(dir, 'state', `dummy-ups-${name}`);
    await eventually('the drivers', () => Promise.resolve(names.every((name) => existsSync(socketOf(name)))));
    await nut.startServer();
  } catch (error) {
    await nut.stop();
    throw error;
  }
  return nut;
}

/** Waits until `isSo`, asking every 50 ms, for at most `limitMs`. */
export async function eventually(
  what: string,
  isSo: () => Promise<boolean>,
  limitMs = 20_000,
): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > endMs) throw new Error(`${what}: not within ${limitMs / 1000} s`);
    await sleep(50);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
