import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { processIdentity } from '../../../../core/process-identity.ts';
import { jobFolder } from '../../../../core/remediation/job-folder.ts';
import { launchJob } from '../../../../core/remediation/job-launcher.ts';
import { createJobProcesses } from '../../../../core/remediation/job-processes.ts';
import { JOB_MARK } from '../../../../core/remediation/job-scope.ts';
import { processTable } from '../../../../core/remediation/process-table.ts';
import { systemClock } from '../../../../core/system-clock.ts';
import type { CheckpointSignal } from '../../../../shared/contract/vocabulary.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'orch-job-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const processes = createJobProcesses(systemClock, processTable(process.platform), process.pid);
async function started(id: string, program: string, ...args: string[]): Promise<ChildProcess> {
  const env = { PATH: process.env['PATH'], [JOB_MARK]: id };
  const child = spawn(program, args, { env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child, 'spawn');
  return child;
}
const subject = (id: string, child: ChildProcess, checkpointSignal: CheckpointSignal = 'auto') => ({
  id,
  leader: processIdentity(child.pid ?? 0),
  checkpointSignal,
});

it('sends a checkpoint signal to nobody who would die of it, nor to a runtime that debugs on it', async () => {
  const [sleep, node] = await Promise.all([
    started('deaf', 'sleep', '30'),
    started('node', process.execPath, '-e', 'console.log("up"); setInterval(() => {}, 1000)'),
  ]);
  await once(node.stdout as NonNullable<typeof node.stdout>, 'data');
  for (const signal of ['auto', 'SIGUSR1', 'SIGTERM', 'none'] as const) {
    expect(processes.checkpoint(subject('deaf', sleep, signal))).toBe(0);
  }
  expect(processes.checkpoint(subject('node', node, 'auto'))).toBe(0);
  expect(processes.count(subject('deaf', sleep))).toBe(1);
  expect(processes.stop(subject('deaf', sleep))).toBe(1);
  expect(processes.isStopped(subject('deaf', sleep))).toBe(true);
  for (const child of [sleep, node]) {
    await processes.end(subject(child === sleep ? 'deaf' : 'node', child), 200);
    expect(child.signalCode ?? child.exitCode).not.toBeNull();
  }
});

it('sends it to one that saves its work on it', async () => {
  const saved = join(dir, 'saved');
  const child = await started(
    'saves',
    'sh',
    '-c',
    `trap 'echo yes > ${saved}' USR1; echo up; while :; do sleep 0.05; done`,
  );
  await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
  // Two where the shell has just forked: its child has the handler until it becomes `sleep`.
  expect(processes.checkpoint(subject('saves', child))).toBeGreaterThan(0);
  await expect
    .poll(() => readFileSync(saved, { encoding: 'utf8', flag: 'a+' }), { timeout: 20_000 })
    .toBe('yes\n');
  await processes.end(subject('saves', child), 200);
});

it('takes a later process of the same pid for another', async () => {
  const child = await started('other', 'sleep', '30');
  const now = subject('gone', child);
  const before = { ...now, leader: now.leader === null ? null : { ...now.leader, startTicks: '1' } };
  expect(processes.isAlive(before.leader as NonNullable<typeof before.leader>)).toBe(false);
  expect(processes.count(before)).toBe(0);
  expect(processes.stop(before)).toBe(0);
  expect(processes.claimed('gone', child.pid ?? 0)).toBeNull();
  expect(processes.claimed('other', child.pid ?? 0)?.pid).toBe(child.pid);
  await processes.end(subject('other', child), 200);
});

it('a job of the core is kept by a shell: exit code and the end of its output are on disk; a second keeper leaves', async () => {
  const folder = jobFolder(dir, 'kept');
  const job = {
    id: 'kept',
    project: 'shop',
    folder: '/',
    command: ['sh', '-c', 'echo $ORCH_PROJECT; pwd; exit 7'],
  };
  const env = { PATH: process.env['PATH'] };
  const { pid, ended } = await launchJob(env, job, folder, true);
  await ended;
  expect([folder.pid(), folder.exit(), folder.output()]).toEqual([pid, 7, 'shop\n/\n']);
  await (
    await launchJob(env, { ...job, command: ['sh', '-c', 'exit 0'] }, folder, false)
  ).ended;
  expect([folder.pid(), folder.exit()]).toEqual([pid, 7]);
});

it('where there is a user manager the job runs in a scope with a weight; where it refuses, without', async () => {
  const runtimeDir = join(dir, 'run');
  const bin = join(dir, 'bin');
  mkdirSync(join(runtimeDir, 'systemd'), { recursive: true });
  mkdirSync(bin);
  writeFileSync(join(runtimeDir, 'systemd/private'), '');
  const tool = join(bin, 'systemd-run');
  const asked = join(dir, 'asked');
  const env = { PATH: `${bin}:${process.env['PATH']}`, XDG_RUNTIME_DIR: runtimeDir };
  const launch = async (id: string): Promise<number | null> => {
    const folder = jobFolder(dir, id);
    await (
      await launchJob(env, { id, project: null, folder: '/', command: ['true'] }, folder, true)
    ).ended;
    return folder.exit();
  };
  // As the real one: takes its own flags, then becomes the command.
  writeFileSync(
    tool,
    `#!/bin/sh\necho "$*" >> ${asked}\nwhile [ "$1" != -- ]; do shift; done; shift; exec "$@"\n`,
  );
  chmodSync(tool, 0o755);
  expect(await launch('scoped')).toBe(0);
  expect(readFileSync(asked, 'utf8')).toContain(
    '--unit=orch-job-scoped.scope --property=CPUWeight=20 -- /bin/sh',
  );
  writeFileSync(tool, '#!/bin/sh\nexit 1\n');
  expect(await launch('unscoped')).toBe(0);
});
