import type { DatabaseSync } from 'node:sqlite';

import type { HistoryGap } from '../../shared/contract/history.ts';
import { blockTable } from './block-table.ts';
import { HOUR_MS, hourOf, packSamples, unpackSamples, type Samples } from './hour-block.ts';
import { decimalsOf, LEVEL_METRIC, rounded } from './metric.ts';
import type { Readings } from './readings.ts';
import { bucketOf, packRollups, ROLLUP_MS, rollupOf, unpackRollups, type Rollup } from './rollup-block.ts';
import { generationOf, unsynced } from './steady-database.ts';

export interface Tick {
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly readings: Readings;
}

/** Both ends inside, milliseconds since 1970. */
export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What was measured, on disk. Ticks are open until their five minutes are over, then sealed into blocks. */
export interface SampleStore {
  /** On disk when it returns, unless the disk is full: then held, and told by the record's notes. */
  keepTick(atMs: number, readings: Readings): void;
  openTicks(): readonly Tick[];
  /** When the newest sample was taken; null when there is none. */
  lastTickAtMs(): number | null;
  /** Seals every open tick of a bucket that ended by `nowMs`; how many there were. All or nothing. */
  seal(nowMs: number): number;
  /** Names that have something to show. */
  metrics(): string[];
  /** In the order of time. */
  samples(metric: string, range: Range): Samples;
  /** Those that begin within the range, in the order of time; the newest may still grow. */
  rollups(metric: string, range: Range): Rollup[];
  /** Begin of the oldest hour that still has samples, or roll-ups; null when there is none. */
  oldestMs(what: 'samples' | 'rollups'): number | null;
  keepGap(gap: HistoryGap): void;
  /** Those that touch the range, oldest first. */
  gaps(range: Range): HistoryGap[];
}

/** Open ticks beyond this are thinned: nothing could be written for hours. */
const OPEN_MOST = 1000;

export function createSampleStore(database: DatabaseSync): SampleStore {
  const addSeries = database.prepare('INSERT OR IGNORE INTO series VALUES (?, ?)');
  const allSeries = database.prepare('SELECT id, metric FROM series');
  const addTick = database.prepare('INSERT OR IGNORE INTO ticks VALUES (?, ?, ?)');
  const allTicks = database.prepare('SELECT sequence, at_ms, readings FROM ticks ORDER BY sequence');
  const dropTick = database.prepare('DELETE FROM ticks WHERE sequence = ?');
  const blocks = {
    samples: blockTable(database, 'sample_hours'),
    rollups: blockTable(database, 'rollup_hours'),
  };
  const putGap = database.prepare('INSERT OR REPLACE INTO gaps VALUES (?, ?, ?)');
  const someGaps = database.prepare(
    'SELECT from_ms, to_ms, cause FROM gaps WHERE to_ms >= ? AND from_ms <= ? ORDER BY from_ms',
  );

  let generation = generationOf(database);
  const ids = readIds();
  let open: Tick[] = readTicks();
  let sequence = open.at(-1)?.sequence ?? 0;

  function readIds(): Map<string, number> {
    return new Map(allSeries.all().map((row) => [String(row['metric']), Number(row['id'])]));
  }
  function readTicks(): Tick[] {
    const names = new Map([...ids].map(([metric, id]) => [id, metric]));
    return allTicks.all().map((row) => ({
      sequence: Number(row['sequence']),
      atMs: Number(row['at_ms']),
      readings: new Map(
        Object.entries(JSON.parse(String(row['readings'])) as Record<string, number>).flatMap(
          ([id, value]) => {
            const metric = names.get(Number(id));
            return metric === undefined ? [] : [[metric, value] as const];
          },
        ),
      ),
    }));
  }
  /** A file that was replaced knows none of our series: they are told again. */
  const follow = (): void => {
    if (generation === generationOf(database)) return;
    generation = generationOf(database);
    for (const [metric, id] of ids) addSeries.run(id, metric);
  };
  const idOf = (metric: string): number => {
    const known = ids.get(metric);
    if (known !== undefined) return known;
    const id = Math.max(0, ...ids.values()) + 1;
    addSeries.run(id, metric);
    ids.set(metric, id);
    return id;
  };

  const sealBucket = (ticks: readonly Tick[], bucketMs: number): void => {
    const hour = hourOf(bucketMs);
    for (const [metric, samples] of columnsOf(ticks)) {
      const id = idOf(metric);
      blocks.samples.put(id, hour, packSamples(blocks.samples.at(id, hour), hour, samples));
      const rollup = rollupOf(bucketMs, samples.values);
      if (rollup !== null)
        blocks.rollups.put(id, hour, packRollups(blocks.rollups.at(id, hour), hour, [rollup]));
    }
    for (const tick of ticks) dropTick.run(tick.sequence);
  };

  return {
    keepTick(atMs, readings) {
      follow();
      const byId: Record<string, number> = {};
      for (const [metric, value] of readings) byId[idOf(metric)] = value;
      sequence += 1;
      unsynced(database, () => addTick.run(sequence, atMs, JSON.stringify(byId)));
      open.push({ sequence, atMs, readings });
      if (open.length > OPEN_MOST) open = open.slice(1);
    },
    openTicks: () => open,
    lastTickAtMs() {
      const newest = open.at(-1)?.atMs;
      if (newest !== undefined) return newest;
      const id = ids.get(LEVEL_METRIC);
      const hour = id === undefined ? null : blocks.samples.newestHour(id);
      if (id === undefined || hour === null) return null;
      const samples: Samples = { atMs: [], values: [] };
      const packed = blocks.samples.at(id, hour);
      if (packed !== null) unpackSamples(packed, hour, { fromMs: 0, toMs: Infinity }, samples);
      return samples.atMs.at(-1) ?? null;
    },
    seal(nowMs) {
      follow();
      const ended = open.filter(({ atMs }) => bucketOf(atMs) + ROLLUP_MS <= nowMs || bucketOf(atMs) > nowMs);
      if (ended.length === 0) return 0;
      unsynced(database, () =>
        transact(database, () => {
          for (const [bucketMs, ticks] of byBucket(ended)) sealBucket(ticks, bucketMs);
        }),
      );
      const sealed = new Set(ended);
      open = open.filter((tick) => !sealed.has(tick));
      return ended.length;
    },
    metrics() {
      const names = new Set(open.flatMap(({ readings }) => [...readings.keys()]));
      for (const [metric, id] of ids) {
        if (blocks.rollups.newestHour(id) !== null) names.add(metric);
      }
      return [...names].sort();
    },
    samples(metric, range) {
      const samples: Samples = { atMs: [], values: [] };
      const id = ids.get(metric);
      if (id !== undefined) {
        for (const { hour, packed } of blocks.samples.between(id, hourOf(range.fromMs), hourOf(range.toMs)))
          unpackSamples(packed, hour, range, samples);
      }
      for (const { atMs, readings } of open) {
        const value = readings.get(metric);
        if (value === undefined || atMs < range.fromMs || atMs > range.toMs) continue;
        samples.atMs.push(atMs);
        samples.values.push(value);
      }
      return shown(inOrder(samples), metric);
    },
    rollups(metric, range) {
      const id = ids.get(metric);
      const isWithin = ({ atMs }: Rollup): boolean => atMs >= range.fromMs && atMs <= range.toMs;
      const sealed =
        id === undefined
          ? []
          : blocks.rollups
              .between(id, hourOf(range.fromMs), hourOf(range.toMs))
              .flatMap(({ hour, packed }) => unpackRollups(packed, hour));
      const growing = [...byBucket(open)].flatMap(([bucketMs, ticks]) => {
        const rollup = rollupOf(bucketMs, columnsOf(ticks).get(metric)?.values ?? []);
        return rollup === null ? [] : [rollup];
      });
      const all = [...sealed, ...growing].filter(isWithin);
      const isSorted = growing.length === 0 || (sealed.at(-1)?.atMs ?? 0) <= (growing[0]?.atMs ?? 0);
      return isSorted ? all : all.sort((one, other) => one.atMs - other.atMs);
    },
    oldestMs(what) {
      // The level is in every tick: where there is none, no tick was complete.
      const level = ids.get(LEVEL_METRIC);
      const among = level === undefined ? [...ids.values()] : [level];
      const hours = among.flatMap((id) => blocks[what].oldestHour(id) ?? []);
      const oldest = Math.min(...hours.map((hour) => hour * HOUR_MS), open[0]?.atMs ?? Infinity);
      return Number.isFinite(oldest) ? oldest : null;
    },
    keepGap({ fromMs, toMs, cause }) {
      putGap.run(fromMs, toMs, cause);
    },
    gaps: ({ fromMs, toMs }) =>
      someGaps.all(fromMs, toMs).map((row) => ({
        fromMs: Number(row['from_ms']),
        toMs: Number(row['to_ms']),
        cause: row['cause'] as HistoryGap['cause'],
      })),
  };
}

function transact(database: DatabaseSync, act: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    act();
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function byBucket(ticks: readonly Tick[]): Map<number, Tick[]> {
  const buckets = new Map<number, Tick[]>();
  for (const tick of ticks) {
    const bucketMs = bucketOf(tick.atMs);
    const bucket = buckets.get(bucketMs);
    if (bucket === undefined) buckets.set(bucketMs, [tick]);
    else bucket.push(tick);
  }
  return buckets;
}

function columnsOf(ticks: readonly Tick[]): Map<string, Samples> {
  const columns = new Map<string, Samples>();
  for (const { atMs, readings } of ticks) {
    for (const [metric, value] of readings) {
      let column = columns.get(metric);
      if (column === undefined) columns.set(metric, (column = { atMs: [], values: [] }));
      column.atMs.push(atMs);
      column.values.push(value);
    }
  }
  return columns;
}

/** Where the wall clock went back, samples lie in the order they were taken; a line needs the order of time. */
function inOrder(samples: Samples): Samples {
  const { atMs, values } = samples;
  if (atMs.every((at, index) => index === 0 || at >= (atMs[index - 1] ?? 0))) return samples;
  const order = [...atMs.keys()].sort((one, other) => (atMs[one] ?? 0) - (atMs[other] ?? 0));
  return { atMs: order.map((at) => atMs[at] ?? 0), values: order.map((at) => values[at] ?? 0) };
}

/** 55.3 is kept in 4 bytes as 55.29999923: the digits beyond those that were measured go. */
function shown(samples: Samples, metric: string): Samples {
  const decimals = decimalsOf(metric) ?? 2;
  return { atMs: samples.atMs, values: samples.values.map((value) => rounded(value, decimals)) };
}
