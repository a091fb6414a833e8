import type { Clock } from '../../core/clock.ts';

/** Waits shorter than this are limits on real files and sockets: hurrying them would make them fail. */
const SHORT_MS = 4500;
const LEAST_REAL_MS = 250;

/**
 * A clock whose minutes pass `speed` times as fast as those of `real`, beginning at `startMs` of the wall. Limits
 * under five seconds keep a quarter of a second of real time.
 */
export function createFastClock(real: Clock, speed: number, startMs: number): Clock {
  const begunMs = real.monotonicMs();
  const passedMs = (): number => (real.monotonicMs() - begunMs) * speed;
  return {
    wallMs: () => Math.round(startMs + passedMs()),
    monotonicMs: passedMs,
    after(delayMs, act) {
      const least = delayMs < SHORT_MS ? Math.min(delayMs, LEAST_REAL_MS) : 0;
      return real.after(Math.max(delayMs / speed, least), act);
    },
  };
}
