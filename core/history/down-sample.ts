import type { HistoryGap, HistorySeries } from '../../shared/contract/history.ts';
import type { Samples } from './hour-block.ts';
import { rounded } from './metric.ts';
import type { Rollup } from './rollup-block.ts';

export type Columns = Pick<HistorySeries, 'atMs' | 'min' | 'mean' | 'max' | 'last' | 'count'>;

/** Each sample as a point of its own. */
export function pointsOf({ atMs, values }: Samples): Rollup[] {
  return atMs.map((at, index) => {
    const value = values[index] ?? Number.NaN;
    return { atMs: at, min: value, mean: value, max: value, last: value, count: 1 };
  });
}

/** One point a step, on multiples of the step, with the least and the greatest of all in it: no peak is lost. */
export function downSampled(points: readonly Rollup[], stepMs: number): Rollup[] {
  const steps: { -readonly [K in keyof Rollup]: Rollup[K] }[] = [];
  let sum = 0;
  for (const point of points) {
    const atMs = Math.floor(point.atMs / stepMs) * stepMs;
    const step = steps.at(-1);
    if (step?.atMs !== atMs) {
      steps.push({ ...point, atMs });
      sum = point.mean * point.count;
      continue;
    }
    if (point.min < step.min) step.min = point.min;
    if (point.max > step.max) step.max = point.max;
    step.last = point.last;
    step.count += point.count;
    sum += point.mean * point.count;
    step.mean = sum / step.count;
  }
  return steps;
}

/**
 * Points as columns, with a null where the line breaks: where two points lie further apart than `farMs`, and where
 * a known gap begins between them.
 */
export function columnsWithBreaks(
  points: readonly Rollup[],
  gaps: readonly HistoryGap[],
  farMs: number,
  decimals: number,
): Columns {
  const columns: Columns = { atMs: [], min: [], mean: [], max: [], last: [], count: [] };
  let before: Rollup | null = null;
  let nextGap = 0;
  for (const point of points) {
    if (before !== null) {
      // Both are in the order of time: no gap is looked at twice.
      while ((gaps[nextGap]?.fromMs ?? Infinity) < before.atMs) nextGap += 1;
      const breakMs = breakBetween(before.atMs, point.atMs, gaps[nextGap]?.fromMs ?? Infinity, farMs);
      if (breakMs !== null) push(columns, breakMs, null, decimals);
    }
    push(columns, point.atMs, point, decimals);
    before = point;
  }
  return columns;
}

function breakBetween(beforeMs: number, afterMs: number, gapMs: number, farMs: number): number | null {
  const isGap = gapMs < afterMs;
  if (!isGap && afterMs - beforeMs <= farMs) return null;
  // Strictly between the two, or there is no room for it.
  const atMs = Math.min(Math.max(isGap ? gapMs : 0, beforeMs + 1), afterMs - 1);
  return atMs > beforeMs ? atMs : null;
}

function push(columns: Columns, atMs: number, point: Rollup | null, decimals: number): void {
  columns.atMs.push(atMs);
  columns.count.push(point?.count ?? 0);
  for (const name of ['min', 'max', 'last'] as const)
    columns[name].push(point === null ? null : rounded(point[name], decimals));
  // A mean of whole numbers is no whole number.
  columns.mean.push(point === null ? null : rounded(point.mean, decimals + 1));
}
