import type { HistoryGap } from '../../shared/contract/history.ts';
import type { Samples } from './hour-block.ts';
import type { Readings } from './readings.ts';
import type { Range, SampleStore } from './sample-store.ts';

export const WINDOW_MS = 60 * 60_000;
/** A wall clock set back must not make it grow without end. */
const MOST = 4000;

/** The last sixty minutes, rolling, in memory. */
export interface MemoryWindow {
  keep(atMs: number, readings: Readings): void;
  keepGap(gap: HistoryGap): void;
  /** Everything since this instant is in it; null while it is empty. */
  sinceMs(): number | null;
  metrics(): string[];
  samples(metric: string, range: Range): Samples;
  gaps(range: Range): HistoryGap[];
}

/** Begins with what `store` holds of the hour before `nowMs`. */
export function createMemoryWindow(store: SampleStore | null, nowMs: number): MemoryWindow {
  const range = { fromMs: nowMs - WINDOW_MS, toMs: nowMs };
  const ticks = store === null ? [] : remembered(store, range);
  let gaps = store === null ? [] : store.gaps(range);
  let sinceMs: number | null = store === null ? null : range.fromMs;

  return {
    keep(atMs, readings) {
      sinceMs = Math.max(sinceMs ?? atMs, atMs - WINDOW_MS);
      const oldestMs = atMs - WINDOW_MS;
      ticks.push({ atMs, readings });
      while ((ticks[0]?.atMs ?? atMs) < oldestMs || ticks.length > MOST) ticks.shift();
      if ((gaps[0]?.toMs ?? atMs) < oldestMs) gaps = gaps.filter((gap) => gap.toMs >= oldestMs);
    },
    keepGap: (gap) => void gaps.push(gap),
    sinceMs: () => sinceMs,
    metrics: () => [...new Set(ticks.flatMap(({ readings }) => [...readings.keys()]))].sort(),
    samples(metric, { fromMs, toMs }) {
      const samples: Samples = { atMs: [], values: [] };
      for (const { atMs, readings } of ticks) {
        const value = readings.get(metric);
        if (value === undefined || atMs < fromMs || atMs > toMs) continue;
        samples.atMs.push(atMs);
        samples.values.push(value);
      }
      return samples;
    },
    gaps: ({ fromMs, toMs }) => gaps.filter((gap) => gap.toMs >= fromMs && gap.fromMs <= toMs),
  };
}

function remembered(store: SampleStore, range: Range): { atMs: number; readings: Readings }[] {
  const byInstant = new Map<number, Map<string, number>>();
  for (const metric of store.metrics()) {
    const { atMs, values } = store.samples(metric, range);
    atMs.forEach((at, index) => {
      const readings = byInstant.get(at) ?? new Map<string, number>();
      byInstant.set(at, readings.set(metric, values[index] ?? Number.NaN));
    });
  }
  return [...byInstant].sort(([one], [other]) => one - other).map(([atMs, readings]) => ({ atMs, readings }));
}
