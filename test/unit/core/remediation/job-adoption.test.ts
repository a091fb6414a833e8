import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { adopted } from '../../../../core/remediation/job-adoption.ts';
import type { JobRecord } from '../../../../core/remediation/job-record.ts';
import { createJobsStore } from '../../../../core/remediation/jobs-store.ts';
import { openDatabase } from '../../../../core/history/database.ts';

const id = (pid: number) => ({ pid, startTicks: '5', bootId: 'boot' });
const [KEEPER, LEADER] = [id(10), id(20)];
const base: JobRecord = {
  id: 'a',
  createdMs: 0,
  priority: 0,
  project: null,
  command: ['train'],
  folder: '/',
  startedBy: 'terminal',
  needs: { level: 'MEDIUM', minutes: null },
  needsKey: 'MEDIUM',
  checkpointSignal: 'auto',
  state: 'running',
  isHeld: false,
  isInsisted: false,
  keeper: KEEPER,
  leader: LEADER,
  startedMs: 0,
  endedMs: null,
  signalledMs: null,
  exitCode: null,
  ranMs: 1_000,
  pausedMs: 0,
  countedMs: 1_000,
  energyWh: null,
  energyProvenance: 'unknown',
  remark: '',
};

interface Seen {
  readonly alive?: number[];
  readonly stopped?: boolean;
  readonly count?: number;
  readonly pid?: number;
  readonly exit?: number;
}
function after(left: Partial<JobRecord>, seen: Seen): Partial<JobRecord> {
  return adopted(
    { ...base, ...left },
    {
      isAlive: ({ pid }) => (seen.alive ?? []).includes(pid),
      claimed: (_id, pid) => (seen.alive?.includes(pid) === true ? id(pid) : null),
      isStopped: () => seen.stopped ?? false,
      count: () => seen.count ?? 0,
    },
    { pid: () => seen.pid ?? null, exit: () => seen.exit ?? null },
    61_000,
  );
}

describe('a job that an earlier core left', () => {
  it.each<[string, Partial<JobRecord>, Seen, Partial<JobRecord>]>([
    ['runs on', {}, { alive: [10, 20] }, { state: 'running', ranMs: 61_000 }],
    ['runs on though its terminal went', {}, { alive: [20] }, { state: 'running' }],
    ['stands on', { state: 'paused' }, { alive: [20], stopped: true }, { state: 'paused', pausedMs: 60_000 }],
    [
      'stands though it was left running: a pause cut short',
      {},
      { alive: [20], stopped: true },
      { state: 'paused' },
    ],
    ['ended and left its code', {}, { exit: 3 }, { state: 'running', exitCode: 3 }],
    ['ended a moment ago; its terminal will tell', {}, { alive: [10] }, { state: 'running', exitCode: null }],
    ['ended, and nobody saw it', {}, {}, { state: 'lost', endedMs: 61_000 }],
    ['has children that go on', {}, { count: 2 }, { state: 'running' }],
    ['waits on', { state: 'queued', leader: null }, { alive: [10] }, { state: 'queued' }],
    ['waited at a terminal that went', { state: 'queued', leader: null }, {}, { state: 'cancelled' }],
    ['waits on in the core', { state: 'queued', leader: null, keeper: null }, {}, { state: 'queued' }],
    [
      'had its place and did not begin',
      { state: 'starting', leader: null },
      { alive: [10] },
      { state: 'queued' },
    ],
    [
      'was started, and the core ended before it could note that',
      { state: 'starting', leader: null, keeper: null },
      { alive: [30], pid: 30 },
      { state: 'running', leader: id(30) },
    ],
    [
      'was started, and ended, before anybody could note either',
      { state: 'starting', leader: null, keeper: null },
      { pid: 30, exit: 0 },
      { state: 'running', exitCode: 0 },
    ],
    [
      'was told to begin and did not yet',
      { leader: null },
      { alive: [10] },
      { state: 'running', leader: null },
    ],
    ['was told to begin by a terminal that went', { leader: null }, {}, { state: 'lost' }],
    ['is being ended', { state: 'ending' }, { alive: [20] }, { state: 'ending' }],
  ])('%s', (_name, left, seen, expected) => {
    expect(after(left, seen)).toMatchObject(expected);
  });
});

it('outlives a core in the database, which keeps the last that are over', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'orch-jobs-store-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const { database } = await openDatabase(join(dir, 'history.db'), 0);
  const store = createJobsStore(database);
  store.keep(base);
  store.keep({ ...base, state: 'paused' });
  for (let index = 0; index < 5; index += 1)
    store.keep({ ...base, id: `over-${index}`, state: 'ended', endedMs: index });
  expect(store.open()).toEqual([{ ...base, state: 'paused' }]);
  expect(store.ended(2).map((record) => record.id)).toEqual(['over-4', 'over-3']);
  expect(store.prune(3).sort()).toEqual(['over-0', 'over-1']);
  expect([store.one('over-0'), store.one('over-4')?.state]).toEqual([null, 'ended']);
});
