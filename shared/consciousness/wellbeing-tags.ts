import type { WellbeingTag } from '../contract/vocabulary.ts';

/**
 * What each word about the day takes off the number the person set. Documented, so that nobody has to guess why
 * features went on review (domain 1.2, wellbeing).
 */
export const TAG_EFFECTS: Readonly<Record<WellbeingTag, { readonly points: number; readonly why: string }>> =
  {
    'slept-badly': { points: -15, why: 'slips are likelier after a short night' },
    'on-call': { points: -10, why: 'attention may be called away at any time' },
    'deep-work': { points: -5, why: 'a rollback now would break the flow' },
    sick: { points: -40, why: 'today is for rest, not for releases' },
  };

/** The number that counts: what was set, less what the tags take off, within 0..100. */
export function taggedWellbeing(value: number, tags: readonly WellbeingTag[]): number {
  const points = [...new Set(tags)].reduce((sum, tag) => sum + TAG_EFFECTS[tag].points, 0);
  return Math.min(100, Math.max(0, value + points));
}
