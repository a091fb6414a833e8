import { levelOfPercent } from './level.ts';
import { isWorse } from './steadiness-level.ts';
import type { RankedLevel } from '../contract/vocabulary.ts';

/** On a supply that is too weak a level rises only this far past its border, held this long (domain 1.1). */
const PAST_BORDER_PERCENT = 3;
const RISE_HOLD_MS = 60_000;

/** A level that may be on the way up. */
export interface Rise {
  readonly sinceMs: number;
  readonly level: RankedLevel;
}

/**
 * One more reading while the battery fills on a weak supply.
 *
 * @returns the level that stands now, and the rise still on its way.
 */
export function rise(
  state: Rise | null,
  level: RankedLevel,
  percent: number,
  monotonicMs: number,
): { level: RankedLevel; rise: Rise | null } {
  const seen = levelOfPercent(percent - PAST_BORDER_PERCENT);
  if (!isWorse(level, seen)) return { level, rise: null };
  if (state === null) return { level, rise: { sinceMs: monotonicMs, level: seen } };
  const certain = isWorse(seen, state.level) ? seen : state.level;
  if (monotonicMs - state.sinceMs < RISE_HOLD_MS) {
    return { level, rise: { sinceMs: state.sinceMs, level: certain } };
  }
  return { level: certain, rise: null };
}
