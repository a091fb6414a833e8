import type { Clock } from '../../core/clock.ts';

export interface FakeClock extends Clock {
  /** Moves both clocks on and runs what falls due, in order. */
  advanceMs(ms: number): Promise<void>;
  /** Moves the wall clock alone: a user or NTP set it. */
  jumpWallMs(ms: number): void;
  /** The machine sleeps: wall and boot time go on, monotonic time and timers stand still. */
  sleepMs(ms: number): void;
  bootMs(): number | null;
  /** How many timers wait. */
  pending(): number;
}

/** A clock that stands still until told. Wall time starts at `startAt`, monotonic time at 0. */
export function fakeClock(startAt = '2026-01-05T10:00:00.000Z', hasBootTime = true): FakeClock {
  let wall = Date.parse(startAt);
  let monotonic = 0;
  let slept = 0;
  let timers: { dueMs: number; act: () => void }[] = [];
  return {
    wallMs: () => wall,
    monotonicMs: () => monotonic,
    bootMs: () => (hasBootTime ? 3_600_000 + monotonic + slept : null),
    after(delayMs, act) {
      const timer = { dueMs: monotonic + delayMs, act };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async advanceMs(ms) {
      const endMs = monotonic + ms;
      for (;;) {
        const next = timers.filter((t) => t.dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs)[0];
        if (next === undefined) break;
        timers = timers.filter((t) => t !== next);
        const stepMs = Math.max(0, next.dueMs - monotonic);
        monotonic += stepMs;
        wall += stepMs;
        next.act();
        await settle();
      }
      wall += endMs - monotonic;
      monotonic = endMs;
      await settle();
    },
    jumpWallMs(ms) {
      wall += ms;
    },
    sleepMs(ms) {
      wall += ms;
      slept += ms;
    },
    pending: () => timers.length,
  };
}

/** Lets promises and their followers run. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
