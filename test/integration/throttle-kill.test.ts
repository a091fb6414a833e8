import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Action } from '../../shared/contract/remediation.ts';
import type { AuditEntry } from '../../shared/contract/record.ts';
import { linesOf, stepsOf, writeJobPrograms } from './job-programs.ts';
import {
  makeHome,
  startDaemon,
  writeLaptop,
  writeProject,
  type Home,
  type RunningDaemon,
} from './running-daemon.ts';

/** Work of others, slowed by the built product: the core dies in the middle, and what it did is taken back all the same. */
let home: Home;
let worker: ChildProcess;
let daemon: RunningDaemon;
const path = (name: string): string => join(home.dir, name);

beforeAll(async () => {
  home = makeHome();
  const { counter } = writeJobPrograms(home.dir);
  worker = spawn(process.execPath, [counter, path('steps')], { stdio: 'ignore' });
  await once(worker, 'spawn');
  writeFileSync(path('worker.pid'), `${worker.pid ?? 0}\n`);
  writeProject(path('shop'));
  const line = (text: string): object => ({ shell: true, run: [text], environment: { LOG: path('log') } });
  const throttle = [
    { pidFile: path('worker.pid') },
    { command: line('echo slow >> "$LOG"'), undo: line('echo fast >> "$LOG"') },
    { command: line('echo half >> "$LOG"; exec sleep 55'), undo: line('echo whole >> "$LOG"') },
  ];
  home.configure({ projects: [{ id: 'shop', path: path('shop'), throttle }] });
  writeLaptop(home.sysfsDir, { percent: 12, ac: false });
});
afterAll(async () => {
  worker.kill('SIGKILL');
  await daemon.stop();
  home.remove();
});

const isStopped = (): boolean => /^State:\s+T/m.test(readFileSync(`/proc/${worker.pid ?? 0}/status`, 'utf8'));
const throttles = async (): Promise<Action[]> => {
  const actions = (await daemon.get('/v1/actions')).body as Action[];
  return actions.filter(({ kind }) => kind === 'throttle');
};
/** Subject to state, of the newest act on each. */
const states = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await throttles()).toReversed().map(({ subject, state }) => [subject.slice(0, 9), state]),
  );
const NAMES = { worker: (): string => path('worker.pid').slice(0, 9), slow: 'echo slow', half: 'echo half' };
const killed = async (): Promise<void> => {
  daemon.child.kill('SIGKILL');
  await once(daemon.child, 'exit');
};

test('a core killed with what it slowed standing, and in the middle of slowing: the next one lets all of it go', async () => {
  daemon = await startDaemon(home, '--quiet');
  const inForce = { [NAMES.worker()]: 'active', [NAMES.slow]: 'active' };
  await expect.poll(states, { timeout: 20_000 }).toEqual({ ...inForce, [NAMES.half]: 'running' });
  await expect.poll(() => linesOf(path('log')).toSorted(), { timeout: 20_000 }).toEqual(['half', 'slow']);
  expect(isStopped()).toBe(true);
  await killed();
  expect(isStopped()).toBe(true);

  // Power is short still: it stays in force, and is not applied again.
  daemon = await startDaemon(home, '--quiet');
  await expect.poll(states, { timeout: 20_000 }).toEqual({ ...inForce, [NAMES.half]: 'active' });
  expect(isStopped()).toBe(true);
  const slow = (await throttles()).find(({ subject }) => subject.startsWith(NAMES.slow));
  const { url, token } = daemon.endpoint;
  const undone = await fetch(`${url}/v1/actions/${slow?.id ?? ''}/undo`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
  });
  expect(undone.status).toBe(200);
  await expect.poll(states, { timeout: 20_000 }).toMatchObject({ [NAMES.slow]: 'undone' });
  expect(linesOf(path('log')).toSorted()).toEqual(['fast', 'half', 'slow']);
  await killed();
  const steps = stepsOf(path('steps'));

  // The cord is back while nobody looks.
  writeLaptop(home.sysfsDir, { percent: 12, ac: true });
  daemon = await startDaemon(home, '--quiet');
  await expect
    .poll(states, { timeout: 20_000 })
    .toEqual({ [NAMES.worker()]: 'undone', [NAMES.slow]: 'undone', [NAMES.half]: 'undone' });
  expect(isStopped()).toBe(false);
  await expect.poll(() => stepsOf(path('steps')), { timeout: 20_000 }).toBeGreaterThan(steps + 2);
  expect(linesOf(path('log')).toSorted()).toEqual(['fast', 'half', 'slow', 'whole']);

  const audit = (await daemon.get('/v1/audit?limit=500')).body as AuditEntry[];
  const told = audit.filter(({ act }) => act.startsWith('throttle-')).map(({ act, actor }) => [act, actor]);
  expect(told.filter(([act]) => act === 'throttle-undone')).toHaveLength(3);
  expect(told.filter(([act]) => act === 'throttle-running')).toHaveLength(3);
}, 90_000);
