import type { TraceRow } from '../../shared/energy/replay.ts';

/** A row as the compared ways see it. */
export interface DrainRate {
  /** Which run the row belongs to; -1 for none. */
  readonly run: number;
  /** Minutes since the row before it in the same run; 0 for the first. */
  readonly minutes: number;
  /** Points a minute over that step; null where the row says nothing. */
  readonly percentPerMinute: number | null;
}

const MINUTE_MS = 60_000;

/**
 * How fast every row says the level falls. From watts, with what a watt-minute is worth in points over all runs of
 * this very trace (which nobody could know at the time); from the falls between two rows where there are no watts, or
 * where `reads` says so.
 */
export function drainRates(
  rows: readonly TraceRow[],
  runs: readonly (readonly [fromMs: number, toMs: number])[],
  reads: 'watts' | 'falls',
): DrainRate[] {
  const inRun = rows.map((row) => runs.findIndex(([fromMs, toMs]) => row.atMs >= fromMs && row.atMs <= toMs));
  let fallenPercent = 0;
  let wattMinutes = 0;
  const steps = rows.map((row, index) => {
    const before = rows[index - 1];
    const run = inRun[index] ?? -1;
    if (before === undefined || run === -1 || run !== inRun[index - 1]) return { run, minutes: 0, fell: 0 };
    const minutes = (row.atMs - before.atMs) / MINUTE_MS;
    const fell = (before.percent ?? 0) - (row.percent ?? 0);
    fallenPercent += fell;
    wattMinutes += (row.watts ?? 0) * minutes;
    return { run, minutes, fell };
  });
  const worth = fallenPercent / wattMinutes;
  const byWatts = reads === 'watts' && wattMinutes > 0;
  return rows.map((row, index) => {
    const { run, minutes, fell } = steps[index]!;
    const fallRate = minutes > 0 ? fell / minutes : null;
    const wattRate = row.watts === null ? null : row.watts * worth;
    return { run, minutes, percentPerMinute: run === -1 ? null : byWatts ? wattRate : fallRate };
  });
}
