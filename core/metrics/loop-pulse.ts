import type { Clock } from '../clock.ts';
import type { Distribution } from './metric.ts';

/** What the loop did since the core started. */
export interface LoopCounts {
  /** Rounds that ended with a snapshot. */
  readonly ticks: number;
  /** In seconds. */
  readonly tickDurations: Distribution;
  /** Wall milliseconds; null before the first. */
  readonly lastTickAtMs: number | null;
  /** Errors that were caught and told. */
  readonly faults: number;
}

/** Counts the rounds of the loop. A round costs it some additions; it holds no list. */
export interface LoopPulse {
  began(): void;
  ended(): void;
  fault(): void;
  counts(): LoopCounts;
}

/** In seconds: a round of a laptop takes milliseconds, one that waits for a hung folder one second or two. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] as const;

export function createLoopPulse(clock: Clock): LoopPulse {
  const counts = BOUNDS.map(() => 0).concat(0);
  let sum = 0;
  let ticks = 0;
  let faults = 0;
  let beganAtMs: number | null = null;
  let lastTickAtMs: number | null = null;

  return {
    began() {
      beganAtMs = clock.monotonicMs();
    },
    ended() {
      if (beganAtMs === null) return;
      const seconds = Math.max(0, clock.monotonicMs() - beganAtMs) / 1000;
      const bucket = BOUNDS.findIndex((bound) => seconds <= bound);
      const at = bucket === -1 ? BOUNDS.length : bucket;
      counts[at] = (counts[at] ?? 0) + 1;
      sum += seconds;
      ticks += 1;
      beganAtMs = null;
      lastTickAtMs = clock.wallMs();
    },
    fault() {
      faults += 1;
    },
    counts: () => ({
      ticks,
      tickDurations: { bounds: BOUNDS, counts: [...counts], sum },
      lastTickAtMs,
      faults,
    }),
  };
}
