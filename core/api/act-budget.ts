import type { Clock } from '../clock.ts';
import { LIMITS } from './limits.ts';

/** A token bucket over all acting requests: a careless script is told to wait, reads are never held. */
export function createActBudget(clock: Clock): { take(): boolean } {
  let tokens: number = LIMITS.actsBurst;
  let filledAtMs = clock.monotonicMs();
  return {
    take() {
      const nowMs = clock.monotonicMs();
      tokens = Math.min(LIMITS.actsBurst, tokens + ((nowMs - filledAtMs) / 1000) * LIMITS.actsPerSecond);
      filledAtMs = nowMs;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
