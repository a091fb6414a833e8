import type { Snapshot } from '../contract/state.ts';
import { minutesText } from './quantities.ts';

/** Safeguards that begin soon and can still be called off (domain 1.5). */
export interface Countdown {
  /** Of the action. */
  readonly id: string;
  /** Whole seconds, rounded up; 0 once they are due. */
  readonly leftSeconds: number;
}

/** Exact to the second in a tooltip would mean a wake-up a second. */
const REDRAW_MS = 5_000;
/** A menu that is built anew may close under the person's hand. */
const MENU_STEP_SECONDS = 15;

/** Null while nothing counts down. Without `nowMs` it is told as of the snapshot. */
export function countdownOf(
  { actions, at }: Pick<Snapshot, 'actions' | 'at'>,
  nowMs: number = Date.parse(at),
): Countdown | null {
  const standing = (actions ?? []).find(
    ({ kind, state, can }) => kind === 'safeguard' && state === 'counting' && can.includes('cancel'),
  );
  if (standing === undefined || standing.dueAt === null) return null;
  const leftMs = Date.parse(standing.dueAt) - nowMs;
  return { id: standing.id, leftSeconds: Math.max(0, Math.ceil(leftMs / 1000)) };
}

/** "Safeguards begin in 42 s". */
export function countdownLine({ leftSeconds }: Countdown): string {
  return leftSeconds === 0 ? 'Safeguards begin now' : `Safeguards begin in ${leftText(leftSeconds)}`;
}

/** "Safeguards begin within 45 s": the same words for 15 s each. */
export function countdownMenuLine({ leftSeconds }: Countdown): string {
  if (leftSeconds === 0) return 'Safeguards begin now';
  const stepSeconds = Math.ceil(leftSeconds / MENU_STEP_SECONDS) * MENU_STEP_SECONDS;
  return `Safeguards begin within ${leftText(stepSeconds)}`;
}

/** When the words change next, in milliseconds; null when they do not by themselves. */
export function countdownRedrawMs(countdown: Countdown | null): number | null {
  if (countdown === null || countdown.leftSeconds === 0) return null;
  return Math.min(REDRAW_MS, countdown.leftSeconds * 1000);
}

function leftText(seconds: number): string {
  return seconds > 120 ? minutesText(Math.ceil(seconds / 60)) : `${seconds}\u202fs`;
}
