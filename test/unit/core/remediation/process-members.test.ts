import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { processMembers } from '../../../../core/remediation/process-members.ts';
import { procTable, type ProcessTable } from '../../../../core/remediation/process-table.ts';

/** A tree in the form of proc(5), with names that try to break its reading. */
let dir: string;
let table: ProcessTable;
interface Made {
  pid: number;
  parent: number;
  group: number;
  session: number;
  state?: string;
  name?: string;
  environ?: string;
  cgroup?: string;
}
function process(made: Made): void {
  const {
    pid,
    parent,
    group,
    session,
    state = 'S',
    name = 'work',
    environ = '',
    cgroup = '0::/user.slice',
  } = made;
  const own = join(dir, String(pid));
  mkdirSync(own);
  const rest = Array.from({ length: 15 }, () => '0').join(' ');
  writeFileSync(
    join(own, 'stat'),
    `${pid} (${name}) ${state} ${parent} ${group} ${session} ${rest} 77${pid} 0 0\n`,
  );
  writeFileSync(join(own, 'environ'), environ);
  writeFileSync(join(own, 'cgroup'), `${cgroup}\n`);
  writeFileSync(join(own, 'status'), 'Name:\twork\nSigCgt:\t0000000000000a00\n');
  symlinkSync('/usr/bin/node', join(own, 'exe'));
}
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'orch-proc-'));
  table = procTable(dir);
  mkdirSync(join(dir, 'sys'));
  process({ pid: 1, parent: 0, group: 1, session: 1 });
  process({ pid: 50, parent: 1, group: 50, session: 50, name: 'shell' });
  process({ pid: 100, parent: 50, group: 100, session: 100, name: 'a) S 1 (b c' });
  process({ pid: 101, parent: 100, group: 100, session: 100 });
  process({ pid: 102, parent: 1, group: 102, session: 100 });
  process({ pid: 103, parent: 101, group: 103, session: 103, state: 'T' });
  process({ pid: 104, parent: 1, group: 104, session: 104, environ: 'A=1\0ORCH_JOB_ID=x\0B=2\0' });
  process({ pid: 105, parent: 104, group: 104, session: 104, state: 'Z' });
  process({ pid: 106, parent: 1, group: 106, session: 106, cgroup: '0::/user.slice/orch-job-x.scope' });
  process({ pid: 200, parent: 50, group: 200, session: 50, environ: 'NOT_ORCH_JOB_ID=x\0ORCH_JOB_ID=xy\0' });
  process({ pid: 201, parent: 1, group: 201, session: 201, cgroup: '0::/orch-job-xx.scope' });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('finds whoever belongs to a job, wherever it went, and nobody else', () => {
  const isSeed = ({ pid }: { pid: number }): boolean =>
    pid === 100 || table.hasMark(pid, 'ORCH_JOB_ID=x') || table.inUnit(pid, 'orch-job-x.scope');
  const pids = processMembers(table.list(), isSeed, 9).map(({ pid }) => pid);
  expect(pids.sort()).toEqual([100, 101, 102, 103, 104, 106]);
});

it('never counts the process that asks, nor the first of all', () => {
  expect(processMembers(table.list(), () => true, 100).map(({ pid }) => pid)).not.toContain(100);
  expect(processMembers(table.list(), () => true, 100).map(({ pid }) => pid)).not.toContain(1);
});

it('reads start, state and handlers as the kernel writes them', () => {
  expect(table.list().find(({ pid }) => pid === 100)).toEqual({
    pid: 100,
    parentPid: 50,
    groupId: 100,
    sessionId: 100,
    startTicks: '77100',
    state: 'S',
  });
  // Bits 9 and 11 of the mask: SIGUSR1 is 10, SIGUSR2 12.
  expect(table.catches(100, 'SIGUSR1')).toBe(true);
  expect(table.catches(100, 'SIGUSR2')).toBe(true);
  expect(table.catches(100, 'SIGTERM')).toBe(false);
  expect(table.catches(999, 'SIGTERM')).toBeNull();
  expect(table.program(100)).toBe('node');
  expect(procTable('/no/such/folder').list()).toEqual([]);
});
