import type { Clock } from './clock.ts';

/** A longer gap between two looks, on the clock that counts sleep, is sleep (behaviour 14). */
const ASLEEP_FROM_MS = 90_000;
/** A wall clock that moved further than this was set, by a person or by NTP (behaviour 15). */
const JUMP_FROM_MS = 5_000;
/** Wall and monotonic clock that moved on so nearly alike: nobody slept between two looks, and nobody set a clock. */
const ALIKE_MS = 1_000;

/** What the clocks say happened since the look before. Each happening is told by one look only. */
export interface ClockSight {
  /** Length of the gap when the machine was asleep (or the process stopped); else null. */
  readonly sleptMs: number | null;
  /** How far the wall clock was set, forward or back; null when it was not. */
  readonly wallJumpMs: number | null;
}

export interface ClockWatch {
  look(): ClockSight;
  /** Time awake since the watch began: what may be called work. Sleep counts 0. */
  awakeMs(): number;
}

interface Instants {
  readonly wallMs: number;
  readonly monotonicMs: number;
  readonly bootMs: number | null;
}

/**
 * Compares the wall clock, the monotonic clock and, where there is one, the clock since boot. Without the last a
 * wall clock set forward by more than 90 s cannot be told from sleep and is taken for it: nothing worse follows
 * than one fresh reading.
 */
export function createClockWatch(clock: Clock): ClockWatch {
  let last = instants(clock, null);
  let awakeMs = 0;
  return {
    look() {
      const now = instants(clock, last);
      const sight = compare(last, now);
      if (sight.sleptMs === null) awakeMs += Math.max(0, now.monotonicMs - last.monotonicMs);
      last = now;
      return sight;
    },
    awakeMs: () => awakeMs,
  };
}

function compare(before: Instants, now: Instants): ClockSight {
  const wallMs = now.wallMs - before.wallMs;
  const monotonicMs = now.monotonicMs - before.monotonicMs;
  if (before.bootMs === null || now.bootMs === null) {
    const gapMs = Math.max(monotonicMs, wallMs);
    if (gapMs > ASLEEP_FROM_MS) return { sleptMs: gapMs, wallJumpMs: null };
    return { sleptMs: null, wallJumpMs: jump(wallMs - monotonicMs) };
  }
  const bootMs = Math.max(now.bootMs - before.bootMs, monotonicMs);
  return { sleptMs: bootMs > ASLEEP_FROM_MS ? bootMs : null, wallJumpMs: jump(wallMs - bootMs) };
}

function jump(driftMs: number): number | null {
  return Math.abs(driftMs) > JUMP_FROM_MS ? driftMs : null;
}

/** The clock since boot is a file to be read: it is asked only where the others say that something happened. */
function instants(clock: Clock, before: Instants | null): Instants {
  const [wallMs, monotonicMs] = [clock.wallMs(), clock.monotonicMs()];
  if (before !== null && before.bootMs !== null) {
    const spentMs = monotonicMs - before.monotonicMs;
    if (Math.abs(wallMs - before.wallMs - spentMs) < ALIKE_MS)
      return { wallMs, monotonicMs, bootMs: before.bootMs + spentMs };
  }
  return { wallMs, monotonicMs, bootMs: clock.bootMs?.() ?? null };
}
