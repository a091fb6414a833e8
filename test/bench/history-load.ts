import type { DatabaseSync } from 'node:sqlite';

import { bucketOf } from '../../core/history/rollup-block.ts';
import type { Readings } from '../../core/history/readings.ts';
import type { SampleStore } from '../../core/history/sample-store.ts';
import { randomFrom } from '../fakes/seeded-random.ts';

export const SAMPLE_MS = 30_000;
const PROJECTS = ['shop', 'api', 'portfolio', 'search', 'infrastructure'];
const SCORES = ['integration', 'wellbeing', 'stability'];

/** A laptop's readings that wander, with five projects of three scores and a verdict each. */
export function madeUpReadings(seed: number): () => Readings {
  const random = randomFrom(seed);
  const state = new Map<string, number>();
  const wander = (name: string, low: number, high: number, step: number, decimals: number): void => {
    const before = state.get(name) ?? (low + high) / 2;
    const moved = Math.min(high, Math.max(low, before + (random() - 0.5) * step));
    const factor = 10 ** decimals;
    state.set(name, Math.round(moved * factor) / factor);
  };
  return () => {
    wander('percent', 5, 100, 1, 2);
    wander('netPowerW', -30, 40, 8, 2);
    wander('drawW', 4, 45, 8, 2);
    wander('hottestC', 35, 95, 6, 1);
    for (const name of ['cpuPercent', 'memoryPercent', 'gpuPercent']) wander(name, 0, 100, 20, 1);
    wander('upsChargePercent', 80, 100, 0.5, 1);
    wander('upsRuntimeSeconds', 600, 3600, 30, 0);
    wander('upsLoadPercent', 5, 40, 3, 1);
    wander('forecastMinutesTo20', 5, 400, 6, 0);
    wander('forecastMinutesTo5', 20, 500, 6, 0);
    wander('ownCpuPercent', 0, 3, 0.5, 2);
    wander('ownMemoryMb', 80, 120, 1, 1);
    wander('levelValue', 0, 4, 1.1, 0);
    state.set('levelCode', state.get('levelValue') ?? 0);
    for (const project of PROJECTS) {
      for (const score of SCORES) wander(`score/${project}/${score}`, 20, 100, 2, 1);
      wander(`verdict/${project}/feature`, 0, 3, 1.1, 0);
    }
    return new Map(state);
  };
}

/** Writes `days` of samples up to `endMs` as a running core would, only faster: nothing is synced to the disk. */
export function loadHistory(
  store: SampleStore,
  database: DatabaseSync,
  { endMs, days }: { endMs: number; days: number },
  also: (atMs: number, metric: string, value: number) => void,
): void {
  const next = madeUpReadings(7);
  let bucketMs = 0;
  for (let atMs = endMs - days * 86_400_000; atMs <= endMs; atMs += SAMPLE_MS) {
    if (bucketOf(atMs) !== bucketMs) {
      if (database.isTransaction) database.exec('COMMIT');
      store.seal(atMs);
      bucketMs = bucketOf(atMs);
      database.exec('BEGIN');
    }
    const readings = next();
    store.keepTick(atMs, readings);
    for (const [metric, value] of readings) also(atMs, metric, value);
  }
  if (database.isTransaction) database.exec('COMMIT');
}
