import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { processTable } from '../../core/remediation/process-table.ts';
import { jobListSchema, type Job } from '../../shared/contract/job.ts';
import { snapshotSchema } from '../../shared/contract/state.ts';
import { linesOf, pidsOf, stepsOf, writeJobPrograms, type JobPrograms } from './job-programs.ts';
import {
  makeHome,
  ORCH_PATH,
  startDaemon,
  writeLaptop,
  type Home,
  type RunningDaemon,
} from './running-daemon.ts';

/** Real processes under the built product: energy falls, they stand; the core dies, they do not. */
let home: Home;
let daemon: RunningDaemon;
let programs: JobPrograms;
const running: ChildProcess[] = [];

beforeAll(() => {
  home = makeHome();
  programs = writeJobPrograms(home.dir);
  writeLaptop(home.sysfsDir, { percent: 12, ac: true });
  const settings = 'jobs: {checkpointSeconds: 1, resumeSeconds: 1, killSeconds: 1}\n';
  writeFileSync(join(home.dir, 'config.yaml'), settings, { mode: 0o600 });
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await daemon.stop();
  // Whatever a failed test left standing was started with this home.
  const table = processTable(process.platform);
  for (const { pid } of table.list()) if (table.hasMark(pid, `ORCH_HOME=${home.dir}`)) kill(pid);
  home.remove();
});

const file = (name: string): string => join(home.dir, `${name}.steps`);
/** Ended, though nobody may have collected it yet. */
const isGone = (pid: number): boolean => {
  try {
    return /^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
};
const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone, as it should be.
  }
};
function orchRun(
  argv: string[],
  stdin: 'ignore' | 'pipe' = 'ignore',
): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, [ORCH_PATH, 'run', ...argv], {
    env: home.env,
    cwd: home.dir,
    stdio: [stdin, 'pipe', 'pipe'],
  });
  running.push(child);
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, said: () => text };
}
const counting = (name: string, more: string[] = []): string[] => [
  process.execPath,
  programs.counter,
  file(name),
  ...more,
];
const jobs = async (): Promise<Job[]> => jobListSchema.parse((await daemon.get('/v1/jobs')).body);
const open = async (): Promise<Job[]> => (await jobs()).filter(({ endedAt }) => endedAt === null);
const goesOn = async (name: string): Promise<void> => {
  const steps = stepsOf(file(name));
  await expect.poll(() => stepsOf(file(name)), { timeout: 20_000 }).toBeGreaterThan(steps + 2);
};
/** Long enough for several steps of whoever still counts. */
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('without a core it says so in one line and runs, or with --strict does not', async () => {
  const ran = await home.orch('run', '--', 'sh', '-c', 'echo out; exit 7');
  expect(ran).toMatchObject({ code: 7, stdout: 'out\n' });
  expect(ran.stderr).toBe('orch: not running; runs at once, and nothing pauses it.\n');
  const mark = join(home.dir, 'strict');
  expect(await home.orch('run', '--strict', '--', 'touch', mark)).toMatchObject({ code: 3, stdout: '' });
  expect(existsSync(mark)).toBe(false);
});

test('what was started without a core is taken under one that comes later', async () => {
  orchRun(['--', ...counting('late')]);
  await goesOn('late');
  daemon = await startDaemon(home, '--quiet');
  await expect
    .poll(async () => (await open()).map(({ state, pid }) => [state, pid]), { timeout: 20_000 })
    .toEqual([['running', pidsOf(file('late'))[0]]]);
  expect((await home.orch('jobs', 'cancel', (await open())[0]?.id ?? '')).code).toBe(0);
  await expect.poll(open, { timeout: 20_000 }).toEqual([]);
}, 90_000);

test('it ends with the exit code of the command, which has its stdin and stdout', async () => {
  const [exit, signal, missing] = await Promise.all([
    home.orch('run', '--', 'sh', '-c', 'echo out; echo err >&2; exit 5'),
    home.orch('run', '--', 'sh', '-c', 'kill -9 $$'),
    home.orch('run', '--', 'no-such-program-anywhere'),
  ]);
  expect(exit).toEqual({ code: 5, stdout: 'out\n', stderr: 'err\n' });
  expect(signal.code).toBe(137);
  expect(missing).toMatchObject({
    code: 127,
    stderr: 'orch: there is no program no-such-program-anywhere.\n',
  });
  const { child, said } = orchRun(['--', 'cat'], 'pipe');
  child.stdin?.end('through\n');
  expect((await once(child, 'exit'))[0]).toBe(0);
  expect(said()).toBe('through\n');
  const over = (await jobs()).filter(({ endedAt }) => endedAt !== null);
  expect(over.map(({ exitCode, reason }) => `${exitCode} ${reason}`).sort()).toContain('5 ended with 5');
});

test('in a terminal the command sees it, its size, what is typed and Ctrl-C', async () => {
  const path = file('terminal');
  const line = `stty cols 91 rows 33; exec ${process.execPath} ${ORCH_PATH} run -- ${process.execPath} ${programs.terminal} ${path}`;
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    env: home.env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  running.push(child);
  const exited = once(child, 'exit');
  await expect.poll(() => linesOf(path).length, { timeout: 20_000 }).toBeGreaterThan(0);
  expect(JSON.parse(linesOf(path)[0] ?? '')).toEqual({ in: true, out: true, columns: 91, rows: 33 });
  child.stdin.write('typed\n');
  await expect.poll(() => linesOf(path), { timeout: 20_000 }).toContain('read typed');
  child.stdin.write('\u0003');
  expect((await exited)[0]).toBe(4);
  expect(linesOf(path).at(-1)).toBe('interrupted');
}, 90_000);

test('LOW: checkpoint, then all stand; the core is killed and comes back: none doubles; plugged in: all go on', async () => {
  const plain = orchRun(['--checkpoint-signal', 'SIGUSR2', '--', ...counting('plain')]);
  // A grandchild in a session of its own, and one that ignores SIGTERM, behind a shell that has no handler at all.
  const family = `setsid "$0" "$1" "$2" & "$0" "$1" "$3" deaf & wait`;
  const shell = ['sh', '-c', family, process.execPath, programs.counter, file('left'), file('deaf')];
  orchRun(['--checkpoint-signal', 'SIGUSR2', '--', ...shell]);
  for (const name of ['plain', 'left', 'deaf']) await goesOn(name);

  writeLaptop(home.sysfsDir, { percent: 12, ac: false });
  await expect
    .poll(async () => (await open()).map(({ state }) => state), { timeout: 20_000 })
    .toEqual(['paused', 'paused']);
  const names = ['plain', 'left', 'deaf'];
  const stood = names.map((name) => stepsOf(file(name)));
  for (const name of names)
    expect(linesOf(file(name)).filter((line) => line.startsWith('checkpoint'))).toHaveLength(1);
  await pause(300);
  expect(names.map((name) => stepsOf(file(name)))).toEqual(stood);

  const [first] = await open();
  expect(first).toMatchObject({
    reason: expect.stringMatching(/^paused, LOW \(battery 12/) as unknown,
    until: expect.stringContaining('plugged in') as unknown,
  });
  await expect
    .poll(plain.said, { timeout: 20_000 })
    .toContain(`orch: ${first?.reason}, until ${first?.until}`);
  expect((await home.orch('jobs')).stdout).toContain(`${first?.reason}, until ${first?.until}`);
  const { body } = await daemon.get('/v1/state');
  expect(snapshotSchema.parse(body).jobs.map(({ reason }) => reason)).toContain(first?.reason);

  const waiting = orchRun(['--', 'true']);
  const ended = once(waiting.child, 'exit');
  await expect
    .poll(waiting.said, { timeout: 20_000 })
    .toContain('orch: waits: needs MEDIUM, the level is LOW');

  await daemon.stop('SIGKILL');
  daemon = await startDaemon(home, '--quiet');
  expect((await open()).map(({ state }) => state).sort()).toEqual(['paused', 'paused', 'queued']);
  await pause(300);
  expect(names.map((name) => stepsOf(file(name)))).toEqual(stood);

  writeLaptop(home.sysfsDir, { percent: 12, ac: true });
  for (const name of names)
    await expect
      .poll(() => stepsOf(file(name)), { timeout: 20_000 })
      .toBeGreaterThan((stood[names.indexOf(name)] ?? 0) + 2);
  expect(names.map((name) => pidsOf(file(name)).length)).toEqual([1, 1, 1]);
  for (const [index, name] of names.entries())
    expect(linesOf(file(name))).toContain(String((stood[index] ?? 0) + 1));
  expect((await ended)[0]).toBe(0);
  await expect.poll(plain.said, { timeout: 20_000 }).toContain('orch: goes on.');
}, 120_000);

test('the core is killed in the middle of running work: it goes on, is adopted, and its end is known', async () => {
  await daemon.stop('SIGKILL');
  for (const name of ['plain', 'left', 'deaf']) await goesOn(name);
  // Ends while nobody is there to hear it.
  const [pid] = pidsOf(file('plain'));
  process.kill(pid ?? 0, 'SIGTERM');
  await once(running.find((child) => child.spawnargs.includes(file('plain'))) as ChildProcess, 'exit');
  daemon = await startDaemon(home, '--quiet');
  const all = await jobs();
  expect(all.find(({ command }) => command.includes(file('plain')))).toMatchObject({
    state: 'ended',
    exitCode: 143,
  });
  expect(all.find(({ command }) => command.includes(file('deaf')))).toMatchObject({ state: 'running' });
}, 90_000);

test('cancelled, every process of a job ends: the deaf one, and the one that left', async () => {
  const [job] = await open();
  expect((await home.orch('jobs', 'cancel', job?.id.slice(0, 8) ?? '')).stdout).toContain('is being ended');
  await expect
    .poll(async () => (await jobs()).find(({ id }) => id === job?.id)?.state, { timeout: 20_000 })
    .toBe('cancelled');
  for (const name of ['left', 'deaf']) for (const pid of pidsOf(file(name))) expect(isGone(pid)).toBe(true);
  expect(linesOf(file('deaf'))).toContain('deaf');
}, 90_000);

test('a job of the core prints a gigabyte: the end is kept; held back by hand, it waits', async () => {
  const post = async (path: string, body: object): Promise<{ status: number; body: Job }> => {
    const response = await fetch(`${daemon.endpoint.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${daemon.endpoint.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Job };
  };
  const line = 'dd if=/dev/zero bs=1M count=1024 2>/dev/null; echo; echo the end; exit 6';
  const { body: flood } = await post('/v1/jobs', { command: ['sh', '-c', line] });
  const one = async (id: string): Promise<Job> => (await daemon.get(`/v1/jobs/${id}`)).body as Job;
  const { body: held } = await post('/v1/jobs', { command: ['sleep', '30'] });
  await expect.poll(async () => (await one(held.id)).state, { timeout: 20_000 }).toBe('running');
  expect((await post(`/v1/jobs/${held.id}/pause`, {})).body).toMatchObject({
    state: 'paused',
    reason: 'paused by hand',
  });
  expect((await post(`/v1/jobs/${held.id}/resume`, {})).body.state).toBe('running');
  await post(`/v1/jobs/${held.id}/cancel`, {});
  await expect.poll(async () => (await one(flood.id)).state, { timeout: 30_000 }).toBe('ended');
  expect(await one(flood.id)).toMatchObject({ exitCode: 6, reason: 'ended with 6', startedBy: 'core' });
  const { body } = await daemon.get(`/v1/jobs/${flood.id}/output`);
  const { output } = body as { output: string };
  expect(output.endsWith('the end\n')).toBe(true);
  expect(output.length).toBeLessThanOrEqual(64 * 1024);
  expect((await post(`/v1/jobs/${flood.id}/pause`, {})).status).toBe(409);
}, 90_000);
