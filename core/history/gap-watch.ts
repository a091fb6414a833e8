import type { HistoryGap } from '../../shared/contract/history.ts';
import { createClockWatch } from '../clock-watch.ts';
import type { Clock } from '../clock.ts';

/** Tells why there was nothing between two samples. */
export interface GapWatch {
  /** At each sample; the gap before it, or null. */
  look(atMs: number): HistoryGap | null;
}

/** A shorter stretch without samples is no gap. */
export const GAP_FROM_MS = 90_000;

/** @param lastAtMs the newest sample of an earlier run; null when there was none */
export function createGapWatch(clock: Clock, intervalMs: () => number, lastAtMs: number | null): GapWatch {
  const watch = createClockWatch(clock);
  let before = lastAtMs;
  let isFirst = true;
  return {
    look(atMs) {
      const { sleptMs } = watch.look();
      const [fromMs, wasFirst] = [before, isFirst];
      before = atMs;
      isFirst = false;
      if (fromMs === null || atMs - fromMs <= Math.max(GAP_FROM_MS, 2.5 * intervalMs())) return null;
      if (wasFirst) return { fromMs, toMs: atMs, cause: 'not-running' };
      // Neither asleep nor away: the wall clock was set, and nothing is missing.
      return sleptMs === null ? null : { fromMs, toMs: atMs, cause: 'asleep' };
    },
  };
}
