import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { afterEach, expect, it } from 'vitest';

import { makeHome, writeLaptop, type Home } from './running-daemon.ts';

const ORCH_SOURCE = resolve(import.meta.dirname, '../../cli/orch.ts');
let home: Home | null = null;
let leftPid: number | null = null;
afterEach(() => {
  if (leftPid !== null && isRunning(leftPid)) process.kill(leftPid, 'SIGKILL');
  home?.remove();
});

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** A daemon that is told to stop as soon as its command wrote its process id there, and ends well. */
async function stopOnceWritten({ env }: Home, pidPath: string): Promise<void> {
  const argv = [ORCH_SOURCE, 'daemon', '--no-api', '--quiet', '--interval', '1'];
  const child = spawn(process.execPath, argv, { env, stdio: 'ignore' });
  const exited = once(child, 'exit');
  await expect
    .poll(() => existsSync(pidPath) && readFileSync(pidPath, 'utf8').endsWith('\n'), { timeout: 20_000 })
    .toBe(true);
  leftPid = Number(readFileSync(pidPath, 'utf8'));
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
}

it.skipIf(process.platform !== 'linux')(
  'a daemon without an endpoint ends what a command left behind before it ends itself',
  async () => {
    home = makeHome();
    const [left, pidPath] = [join(home.dir, 'left.sh'), join(home.dir, 'left.pid')];
    writeLaptop(home.sysfsDir, { percent: 3, ac: false });
    // Deaf to SIGTERM, so that it takes the whole grace to end it.
    writeFileSync(left, `trap '' TERM\necho $$ >${pidPath}\nwhile :; do sleep 0.2; done\n`);
    const begin = `setsid sh ${left} >/dev/null 2>&1 </dev/null & while [ ! -s ${pidPath} ]; do sleep 0.1; done; echo over`;
    home.configure({ safeguards: { cancelSeconds: 0, steps: [{ command: { run: ['sh', '-c', begin] } }] } });
    await stopOnceWritten(home, pidPath);
    expect(isRunning(leftPid ?? 0)).toBe(false);
  },
  60_000,
);

it.skipIf(process.platform !== 'linux')(
  'a daemon that stops waits for no command of hours: it ends the command, and then itself',
  async () => {
    home = makeHome();
    const pidPath = join(home.dir, 'long.pid');
    writeLaptop(home.sysfsDir, { percent: 3, ac: false });
    const long = `echo $$ >${pidPath}; exec sleep 3600`;
    home.configure({ safeguards: { cancelSeconds: 0, steps: [{ command: { run: ['sh', '-c', long] } }] } });
    await stopOnceWritten(home, pidPath);
    expect(isRunning(leftPid ?? 0)).toBe(false);
  },
  60_000,
);
