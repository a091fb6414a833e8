import { isWorse } from './steadiness-level.ts';
import type { RankedLevel } from '../contract/vocabulary.ts';

/** Two readings this far apart make a fall count (domain 1.1, "Steadiness"). */
const FALL_HOLD_MS = 10_000;
/** CRITICAL is not waited for: a second reading after this long is enough. */
const CRITICAL_HOLD_MS = 2_000;

/** A level on the way down. It never rises by itself: that is the ratchet while discharging. */
export interface Fall {
  readonly level: RankedLevel;
  /** Since when readings have been below `level`, and the best of them: as far as the fall is certain. */
  readonly below: { readonly sinceMs: number; readonly best: RankedLevel } | null;
  readonly criticalSinceMs: number | null;
}

/** Starts at a level that is certain; CRITICAL may have been seen already. */
export function fallFrom(level: RankedLevel, criticalSinceMs: number | null = null): Fall {
  return { level, below: null, criticalSinceMs };
}

/**
 * One more reading while discharging. A reading at or above the level ends a doubt and changes nothing else.
 * After 10 s of readings below, the level becomes the best of them; CRITICAL after 2 s.
 */
export function fall(state: Fall, seen: RankedLevel, monotonicMs: number): Fall {
  if (!isWorse(seen, state.level)) return fallFrom(state.level);
  const criticalSinceMs = seen === 'CRITICAL' ? (state.criticalSinceMs ?? monotonicMs) : null;
  if (criticalSinceMs !== null && monotonicMs - criticalSinceMs >= CRITICAL_HOLD_MS) {
    return fallFrom('CRITICAL');
  }
  const below = {
    sinceMs: state.below?.sinceMs ?? monotonicMs,
    best: state.below !== null && isWorse(seen, state.below.best) ? state.below.best : seen,
  };
  if (monotonicMs - below.sinceMs < FALL_HOLD_MS) return { level: state.level, below, criticalSinceMs };
  const next = isWorse(seen, below.best) ? { sinceMs: monotonicMs, best: seen } : null;
  return { level: below.best, below: next, criticalSinceMs };
}

/** Milliseconds until a reading like the last one would change the level; null when nothing is on the way. */
export function fallDueMs(state: Fall, monotonicMs: number): number | null {
  if (state.level === 'CRITICAL') return null;
  if (state.criticalSinceMs !== null) return state.criticalSinceMs + CRITICAL_HOLD_MS - monotonicMs;
  return state.below === null ? null : state.below.sinceMs + FALL_HOLD_MS - monotonicMs;
}
