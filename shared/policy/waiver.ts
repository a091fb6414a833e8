import type { ChangeType } from '../contract/vocabulary.ts';
import type { Situation, WaiverFacts } from './facts.ts';

/** Domain 1.3: a waiver lasts 4 hours at most. */
export const WAIVER_MOST_MS = 4 * 60 * 60_000;

/** When a waiver really ends, whatever it says itself. */
export function waiverEndMs(waiver: WaiverFacts): number {
  return Math.min(waiver.untilMs, waiver.sinceMs + WAIVER_MOST_MS);
}

/** The waiver that is in effect for a change type; null when there is none. */
export function waiverFor(facts: Situation, change: ChangeType): WaiverFacts | null {
  for (const waiver of facts.waivers) {
    if (waiver.change !== change || waiver.why.trim() === '') continue;
    if (waiver.sinceMs <= facts.nowMs && facts.nowMs < waiverEndMs(waiver)) return waiver;
  }
  return null;
}
