import type { GapCause } from '../../shared/contract/history.ts';
import { minutesText } from '../../shared/view/quantities.ts';
import type { Words } from '../words/words.ts';
import type { Stretch } from './history-data.ts';
import { lengthMs } from './history-span.ts';

const MINUTE_MS = 60_000;

/** Above this, hours are exact enough for a name. */
const ROUND_MS = 90 * MINUTE_MS;

/** "asleep 8 h", "not running 2 h", "not recorded 12 min". */
export function gapText(gap: Stretch<GapCause>, words: Words): string {
  const longMs = lengthMs(gap);
  const hours = Math.round(longMs / (60 * MINUTE_MS));
  const isRound = longMs >= ROUND_MS && hours < 48;
  return words.history.gaps[gap.value](isRound ? `${hours}\u202fh` : durationText(longMs));
}

/** "40 s", "40 min", "8 h", "3 days": the length of any stretch. */
export function durationText(longMs: number): string {
  const minutes = longMs / MINUTE_MS;
  if (minutes < 1) return `${Math.round(longMs / 1000)}\u202fs`;
  if (minutes < 10 * 60) return minutesText(minutes);
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours}\u202fh` : `${Math.round(hours / 24)}\u202fdays`;
}
