import type { TraceRow } from '../../shared/energy/replay.ts';

/** What a desktop would say from the same rows; null when it has no rate above zero. */
export interface PeerMinutes {
  /** Charge left over the present power, as small tools do. */
  instant(index: number, leftPercent: number, sinceRow: number): number | null;
  /** Charge left over an exponential average of power with a time constant of 200 s, as PowerDevil does. */
  smoothed(index: number, leftPercent: number, sinceRow: number): number | null;
}

const SMOOTHING_MINUTES = 200 / 60;
const MOST_MINUTES = 24 * 60;
const MINUTE_MS = 60_000;

/**
 * The peers see percent and watts alone, so they are given what they lack: what a watt-minute is worth, in points, over
 * all runs of this very trace. Without watts their power is the difference of percent between two rows. The average
 * begins anew with every run. Nobody says more than 24 h: a reading of 0 W means that much, too, but no fall between
 * two rows of a trace without watts is no reading.
 */
export function peerMinutes(
  rows: readonly TraceRow[],
  runs: readonly (readonly [fromMs: number, toMs: number])[],
): PeerMinutes {
  const inRun = rows.map((row) => runs.findIndex(([fromMs, toMs]) => row.atMs >= fromMs && row.atMs <= toMs));
  let fallen = 0;
  let wattMinutes = 0;
  const steps = rows.map((row, index) => {
    const before = rows[index - 1];
    if (before === undefined || inRun[index] === -1 || inRun[index] !== inRun[index - 1]) return null;
    const minutes = (row.atMs - before.atMs) / MINUTE_MS;
    const fell = (before.percent ?? 0) - (row.percent ?? 0);
    fallen += fell;
    wattMinutes += (row.watts ?? 0) * minutes;
    return { minutes, fell };
  });
  const hasWatts = wattMinutes > 0;
  const worth = fallen / wattMinutes;
  let average = 0;
  const rates = rows.map((row, index) => {
    const step = steps[index] ?? null;
    const fell = step !== null && step.minutes > 0 ? step.fell / step.minutes : 0;
    const now = hasWatts ? (row.watts ?? 0) * worth : fell;
    const weight = step === null ? 1 : 1 - Math.exp(-step.minutes / SMOOTHING_MINUTES);
    average += weight * (now - average);
    return { now, average };
  });
  const minutes = (rate: number, leftPercent: number, sinceRow: number): number | null => {
    if (rate > 0) return Math.min(MOST_MINUTES, leftPercent / rate) - sinceRow;
    return hasWatts ? MOST_MINUTES : null;
  };
  return {
    instant: (index, left, sinceRow) => minutes(rates[index]?.now ?? 0, left, sinceRow),
    smoothed: (index, left, sinceRow) => minutes(rates[index]?.average ?? 0, left, sinceRow),
  };
}
