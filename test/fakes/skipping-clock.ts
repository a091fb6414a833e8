import type { Clock } from '../../core/clock.ts';
import { systemClock } from '../../core/system-clock.ts';

/** The real clock, which a test can move on: what waits for an instant finds it passed, limits stay real. */
export interface SkippingClock extends Clock {
  skipMs(ms: number): void;
}

export function skippingClock(): SkippingClock {
  let skippedMs = 0;
  return {
    wallMs: () => systemClock.wallMs() + skippedMs,
    monotonicMs: () => systemClock.monotonicMs() + skippedMs,
    after: (delayMs, act) => systemClock.after(delayMs, act),
    skipMs(ms) {
      skippedMs += ms;
    },
  };
}
