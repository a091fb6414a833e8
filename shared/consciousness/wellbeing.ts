/** What the person set in the app. Private: see `privacy.ts`. */
export interface Wellbeing {
  /** 0..100. */
  readonly value: number;
  readonly setAtMs: number;
  /** When it lapses; null takes the usual 12 hours. */
  readonly untilMs: number | null;
}

/** Domain 1.2: what counts when nothing was set, or nothing touched for 12 hours. */
export const NEUTRAL_WELLBEING = 70;
const LAPSE_MS = 12 * 60 * 60_000;

/** The person's own word while it holds, else what the report says, else neutral. Always a number. */
export function effectiveWellbeing(set: Wellbeing | null, reported: number | null, nowMs: number): number {
  if (set !== null && nowMs < (set.untilMs ?? set.setAtMs + LAPSE_MS)) return set.value;
  return reported ?? NEUTRAL_WELLBEING;
}
