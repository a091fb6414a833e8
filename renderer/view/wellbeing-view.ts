import type { WellbeingState } from '../store/wellbeing-desk.ts';
import type { Words } from '../words/words.ts';
import { clockTime } from './clock-time.ts';

/** "counts as 50 · until 22:00", "not set, counts as 70"; empty while a change is in the making. */
export function wellbeingSummary({ kept, draft }: WellbeingState, words: Words): string {
  if (kept === null || draft !== null) return '';
  const effective = String(Math.floor(kept.effective));
  if (kept.value === null) return words.you.unset(effective);
  const counts = kept.effective === kept.value ? [] : [words.you.counts(effective)];
  const until = kept.until === null ? [] : [words.you.until(clockTime(kept.until, kept.until))];
  return [...counts, ...until].join(' · ');
}
