import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createHistoryRoom, type HistoryRoom } from '../../../../core/history/history-room.ts';
import { openRecord, type OpenedRecord } from '../../../../core/history/open-record.ts';
import { placesFrom } from '../../../../core/places.ts';
import { configSchema } from '../../../../shared/contract/config.ts';
import type {
  HistoryEvents,
  HistoryQuery,
  HistoryReply,
  HistorySeries,
  HistorySpans,
} from '../../../../shared/contract/history.ts';
import type { Snapshot, StandingHalt } from '../../../../shared/contract/state.ts';
import type { EnergyLevel } from '../../../../shared/contract/vocabulary.ts';
import { bareSnapshot } from '../../../fakes/bare-snapshot.ts';
import { fakeClock, type FakeClock } from '../../../fakes/fake-clock.ts';

let dir: string;
let clock: FakeClock;
let opened: OpenedRecord;
let room: HistoryRoom;
let faults: unknown[];
let settings: object;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'orch-room-'));
  clock = fakeClock();
  faults = [];
  settings = {};
  await start();
});
afterEach(() => {
  opened.record.close();
  rmSync(dir, { recursive: true, force: true });
  expect(faults).toEqual([]);
});

async function start(): Promise<void> {
  opened = await openRecord(join(dir, 'history.db'), clock.wallMs());
  room = createHistoryRoom({
    clock,
    record: opened.record,
    database: opened.database,
    places: placesFrom({ ORCH_HOME: dir }, 'linux', dir),
    config: () => configSchema.parse(settings),
    onFault: (error) => faults.push(error),
  });
}

async function restart(awayMs: number): Promise<void> {
  room.stop();
  opened.record.close();
  clock.sleepMs(awayMs);
  await start();
}

interface Facts {
  readonly level?: EnergyLevel;
  readonly percent?: number | null;
  readonly throttleCount?: number;
  readonly halt?: StandingHalt;
}

function snapshot({ level = 'MEDIUM', percent = 50, throttleCount, halt }: Facts = {}): Snapshot {
  const bare = bareSnapshot(level);
  const levelValue = level === 'UNKNOWN' ? null : 2;
  const thermal = { ...bare.energy.thermal, throttleCount: throttleCount ?? null };
  return {
    ...bare,
    at: new Date(clock.wallMs()).toISOString(),
    energy: { ...bare.energy, percent, levelValue, thermal },
    projects: [
      {
        id: 'shop',
        path: '/shop',
        profile: 'business',
        scores: { integration: 70, wellbeing: 65, cooling: 'NORMAL', stability: null },
        mode: 'SAFE',
        operatingMode: 'NORMAL',
        confidence: 1,
        freshness: 'fresh',
        problem: null,
        decisions: {},
        halt: halt ?? null,
        showInTray: true,
        defaultChange: 'feature',
      },
    ],
  };
}

/** A tick every 30 s, as the loop gives them. */
async function run(minutes: number, facts: (minute: number) => Facts = () => ({})): Promise<void> {
  for (let tick = 0; tick < minutes * 2; tick += 1) {
    room.take(snapshot(facts(tick / 2)));
    await clock.advanceMs(30_000);
  }
}

function ask(metric: string, query: Partial<HistoryQuery> = {}): HistoryReply {
  const answer = room.desk.answer({ metric, from: '-24h', to: 'now', ...query });
  if (!answer.ok) throw new Error(`${answer.field}: ${answer.why}`);
  return answer.reply;
}
const series = (metric: string, query?: Partial<HistoryQuery>) => ask(metric, query) as HistorySeries;

describe('the last hour', () => {
  it('comes from memory, also when the disk cannot be read', async () => {
    await run(90);
    opened.database?.close();
    const hour = series('percent', { from: '-59m', step: 1 });
    expect(hour.source).toBe('memory');
    expect(hour.last.filter((value) => value !== null).length).toBe(118);
    expect(() => series('percent', { from: '-2h' })).toThrow();
    await start();
  });

  it('is there again after a restart', async () => {
    await run(30);
    await restart(20_000);
    room.take(snapshot());
    const hour = series('percent', { from: '-59m', step: 1 });
    expect(hour.source).toBe('memory');
    expect(hour.count.reduce((sum, count) => sum + count)).toBe(61);
    expect(hour.gaps).toEqual([]);
  });
});

it('keeps numbers of the tick, scores about the person flagged, and no words', async () => {
  await run(1);
  expect(room.desk.metrics().metrics.map(({ metric, private: isPrivate }) => [metric, isPrivate])).toEqual(
    expect.arrayContaining([
      ['percent', false],
      ['score/shop/integration', false],
      ['score/shop/wellbeing', true],
    ]),
  );
  const names = room.desk.metrics().metrics.map(({ metric }) => metric);
  expect(names).not.toContain('score/shop/cooling');
  expect(names).not.toContain('score/shop/stability');
});

it('takes a counter that went back for a reset', async () => {
  const counts = [100, 103, 103, 2, 5];
  await run(2.5, (minute) => ({ throttleCount: counts[minute * 2] ?? 0 }));
  expect(series('throttles', { step: 1 }).last).toEqual([3, 0, 2, 3]);
});

it('keeps rounds between two beats only when a level or a verdict changed', async () => {
  room.take(snapshot({ percent: 50 }));
  await clock.advanceMs(2000);
  room.take(snapshot({ percent: 49 }));
  await clock.advanceMs(2000);
  room.take(snapshot({ percent: 4, level: 'CRITICAL' }));
  await clock.advanceMs(26_000);
  room.take(snapshot({ percent: 4, level: 'CRITICAL' }));
  expect(series('percent', { step: 1 }).last).toEqual([50, 4, 4]);
});

describe('gaps', () => {
  it('are named: asleep, and not running', async () => {
    await run(10);
    clock.sleepMs(8 * 3_600_000);
    await run(10);
    await restart(2 * 3_600_000);
    await run(1);
    const { gaps, last } = series('percent', { step: 1 });
    expect(gaps.map(({ cause, fromMs, toMs }) => [cause, Math.round((toMs - fromMs) / 3_600_000)])).toEqual([
      ['asleep', 8],
      ['not-running', 2],
    ]);
    expect(last.filter((value) => value === null)).toHaveLength(2);
    expect(last.filter((value) => value !== null)).toHaveLength(42);
    const [lane] = (ask('levels') as HistorySpans).lanes;
    expect(lane?.spans).toHaveLength(3);
  });

  it('are none when the wall clock is set, forward or back', async () => {
    await run(5);
    clock.jumpWallMs(40 * 60_000);
    await run(5);
    clock.jumpWallMs(-60 * 60_000);
    await run(5);
    clock.jumpWallMs(60 * 60_000);
    expect(series('percent', { step: 1 }).gaps).toEqual([]);
    expect(series('percent', { step: 1 }).count.reduce((sum, count) => sum + count)).toBe(30);
  });
});

it('seals what was left open when it starts again', async () => {
  await run(7);
  await restart(3_600_000);
  room.take(snapshot());
  await clock.advanceMs(1000);
  const open = opened.database?.prepare('SELECT count(*) AS n FROM ticks').get();
  expect(open?.['n']).toBe(1);
  expect(series('percent', { step: 1 }).count.reduce((sum, count) => sum + count)).toBe(15);
});

describe('what is too old', () => {
  it('goes in small pieces: samples first, their roll-ups later', async () => {
    settings = { history: { sampleDays: 1, rollupDays: 3 } };
    await run(60);
    clock.sleepMs(40 * 3_600_000);
    await run(30);
    await clock.advanceMs(60_000);
    expect(series('percent', { from: '-3d', step: 300 }).count.reduce((sum, count) => sum + count)).toBe(180);
    expect(series('percent', { from: '-3d', step: 300 }).source).toBe('rollups');
    clock.sleepMs(74 * 3_600_000);
    await run(30);
    expect(series('percent', { from: '-30d', step: 300 }).count.reduce((sum, count) => sum + count)).toBe(60);
  });

  it('is never what a clock set forward by ten years would call old', async () => {
    await run(30);
    clock.jumpWallMs(10 * 365 * 86_400_000);
    await run(30);
    clock.jumpWallMs(-10 * 365 * 86_400_000);
    await run(30);
    expect(series('percent', { from: '-3h', step: 1 }).count.reduce((sum, count) => sum + count)).toBe(120);
  });
});

it('marks a HALT of scores or a report, once, and its end', async () => {
  const halt: StandingHalt = {
    by: 'scores',
    who: 'core',
    why: 'stability 31',
    since: new Date(clock.wallMs()).toISOString(),
    until: null,
  };
  await run(2);
  await run(2, () => ({ halt }));
  await run(2);
  const { events } = ask('events') as HistoryEvents;
  expect(events.map(({ kind, code, project, text }) => [kind, code, project, text])).toEqual([
    ['halt', 'halt-began', 'shop', 'stability 31 (core)'],
    ['halt', 'halt-ended', 'shop', 'stability 31 (core)'],
  ]);
});

it('goes on with the last hour where there is no database', async () => {
  room = createHistoryRoom({
    clock,
    record: opened.record,
    database: null,
    places: placesFrom({ ORCH_HOME: dir }, 'linux', dir),
    config: () => configSchema.parse({}),
    onFault: (error) => faults.push(error),
  });
  await run(70);
  const day = series('percent', { step: 1 });
  expect(day.source).toBe('memory');
  expect(day.last).toHaveLength(121);
});
