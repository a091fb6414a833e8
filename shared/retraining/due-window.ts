/** A window that has opened and has not been used. Instants are wall clock, milliseconds since 1970. */
export interface DueWindow {
  readonly windowMs: number;
  /** The machine was off or asleep when it opened, or had no power for it: it is made up for. */
  readonly isMissed: boolean;
  /** How long net power must have lasted before it is made up for; null while it is in time. */
  readonly netPowerMs: number | null;
}

export interface WindowLook {
  readonly nowMs: number;
  /** The last window at or before now; null when there is none since the schedule was set. */
  readonly latestMs: number | null;
  readonly isUsed: (windowMs: number) => boolean;
  /** Seen so long after it opened, a window is still in time. */
  readonly inTimeMs: number;
  /** The power is known and does not do. */
  readonly isPowerShort: boolean;
  /** 0 up to 1. */
  readonly chance: () => number;
}

/** Behaviour 30: a missed retraining waits for so much net power. */
export const NET_POWER_MS = 10 * 60_000;
/** And for up to so much more, so that machines that lost power together do not start together. */
export const SPREAD_MS = 10 * 60_000;

/**
 * Which window waits, after one look. Of several that were missed only the last one does. A wall clock that goes back
 * brings no used window again: what counts is whether the window itself was used.
 */
export function dueWindow(before: DueWindow | null, look: WindowLook): DueWindow | null {
  const { latestMs } = look;
  if (latestMs === null || look.isUsed(latestMs)) return null;
  const known = before?.windowMs === latestMs ? before : null;
  const isLate = known === null ? look.nowMs - latestMs > look.inTimeMs : known.isMissed;
  if (!isLate && !look.isPowerShort) return { windowMs: latestMs, isMissed: false, netPowerMs: null };
  const netPowerMs = known?.netPowerMs ?? NET_POWER_MS + Math.round(look.chance() * SPREAD_MS);
  return { windowMs: latestMs, isMissed: true, netPowerMs };
}
