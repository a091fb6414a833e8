import type { EnergyLevel, OperatingMode } from '../contract/vocabulary.ts';
import { paceOf } from '../jobs/pause-rule.ts';

/** What is remembered of one throttle between two looks. Instants are on the monotonic clock. */
export interface ThrottleMemory {
  /** Since when the power would let it go; null while it does not. */
  readonly betterSinceMs: number | null;
  /** A person let it go, or it could not be applied: left alone until the power has been better once. */
  readonly isReleased: boolean;
}

export const NO_THROTTLE: ThrottleMemory = { betterSinceMs: null, isReleased: false };

export interface ThrottleFacts {
  readonly level: EnergyLevel;
  readonly mode: OperatingMode;
  readonly onExternalPower: boolean | null;
  /** Of the settings of jobs: how long it must be better (domain 1.5, 2 minutes). */
  readonly resumeMs: number;
  readonly nowMs: number;
}

/**
 * Whether work of others is slowed now: when jobs are paused, it is; it is let go as jobs are. `keep` where the power
 * cannot be read: nothing is begun and nothing undone on a guess.
 */
export function stepThrottle(
  memory: ThrottleMemory,
  { level, mode, onExternalPower, resumeMs, nowMs }: ThrottleFacts,
): { readonly memory: ThrottleMemory; readonly wants: 'apply' | 'undo' | 'keep' } {
  if (level === 'UNKNOWN') return { memory, wants: 'keep' };
  if (paceOf(level, mode) !== 'go') {
    return { memory: { ...memory, betterSinceMs: null }, wants: memory.isReleased ? 'keep' : 'apply' };
  }
  const betterSinceMs = memory.betterSinceMs ?? nowMs;
  const isFed = onExternalPower === true && level === 'FULL';
  const isDue = isFed || nowMs >= betterSinceMs + resumeMs;
  return { memory: { betterSinceMs, isReleased: false }, wants: isDue ? 'undo' : 'keep' };
}
