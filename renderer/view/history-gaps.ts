import { minutesText } from '../../shared/view/quantities.ts';
import type { Words } from '../words/words.ts';
import type { GapWhy, Stretch } from './history-data.ts';
import { lengthMs } from './history-span.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** "asleep 8 h", "not running 2 h", "no data 12 min". */
export function gapText(gap: Stretch<GapWhy>, words: Words): string {
  return words.history.gaps[gap.value](durationText(lengthMs(gap)));
}

/** "40 min", "8 h", "3 days": the length of any stretch. */
export function durationText(longMs: number): string {
  const minutes = longMs / MINUTE_MS;
  if (minutes < 1) return `${Math.round(longMs / 1000)}\u202fs`;
  if (minutes < 2 * DAY_MINUTES) {
    const hours = Math.round(minutes / 60);
    return minutes < 10 * 60 ? minutesText(minutes) : `${hours}\u202fh`;
  }
  return `${Math.round(minutes / DAY_MINUTES)}\u202fdays`;
}
