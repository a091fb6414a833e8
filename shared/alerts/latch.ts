import type { EnergyState } from '../contract/energy.ts';
import type { AlertRule } from './alert-rule.ts';

/** What was told is not told again until it is re-armed. Plain JSON; instants are the wall clock's. */
export interface Latch {
  readonly toldAtMs: number;
  /** Of the last reminder, or of the first telling. */
  readonly lastAtMs: number;
  readonly remindersCount: number;
  /** Since when the alert no longer stands; null while it does. */
  readonly overSinceMs: number | null;
  /** Charge when it was told. */
  readonly percent: number | null;
}

/** How long power must come from outside to end a discharge: longer than a loose plug makes contact. */
const FED_MS = 20_000;
/** A charge that rose so far on battery was charged while nobody looked. */
const CHARGED_UNSEEN_POINTS = 10;
const HOUR_MS = 60 * 60_000;

/** Fed, and not out-drawn. */
export function isFed({ onExternalPower, level }: Pick<EnergyState, 'onExternalPower' | 'level'>): boolean {
  return onExternalPower === true && level === 'FULL';
}

/** Whether external power has stood long enough to count as the end of a discharge. */
export function endsDischarge(fedSinceMs: number | null, nowMs: number): boolean {
  return fedSinceMs !== null && nowMs - fedSinceMs >= FED_MS;
}

export function latchedNow(nowMs: number, percent: number | null): Latch {
  return { toldAtMs: nowMs, lastAtMs: nowMs, remindersCount: 0, overSinceMs: null, percent };
}

export interface LatchView {
  readonly nowMs: number;
  readonly stands: boolean;
  readonly dischargeEnded: boolean;
  readonly percent: number | null;
}

/** The latch after one look more; null when it is re-armed. A rule that is no more holds nothing. */
export function stepLatch(latch: Latch, rule: AlertRule | undefined, view: LatchView): Latch | null {
  if (rule === undefined) return null;
  if (rule.rearms === 'external-power') {
    const charged = (view.percent ?? 0) - (latch.percent ?? 100) >= CHARGED_UNSEEN_POINTS;
    return view.dischargeEnded || charged ? null : latch;
  }
  if (view.stands) return latch.overSinceMs === null ? latch : { ...latch, overSinceMs: null };
  // A clock set back makes the wait no longer than it is.
  const overSinceMs = Math.min(latch.overSinceMs ?? view.nowMs, view.nowMs);
  return view.nowMs - overSinceMs >= rule.rearms ? null : { ...latch, overSinceMs };
}

/** Whether a reminder is due: after `repeatMs`, then twice as long each time, up to an hour or `repeatMs` itself. */
export function isReminderDue(latch: Latch, repeatMs: number | null, nowMs: number): boolean {
  if (repeatMs === null) return false;
  const waitMs = Math.min(repeatMs * 2 ** latch.remindersCount, Math.max(repeatMs, HOUR_MS));
  return nowMs - latch.lastAtMs >= waitMs;
}
