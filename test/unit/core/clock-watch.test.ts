import { describe, expect, it } from 'vitest';

import { createClockWatch } from '../../../core/clock-watch.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

const DAY_MS = 86_400_000;
const quiet = { sleptMs: null, wallJumpMs: null };

describe('clock watch', () => {
  it('tells sleep once, and counts it as no time awake', async () => {
    const clock = fakeClock();
    const watch = createClockWatch(clock);
    await clock.advanceMs(2_000);
    expect(watch.look()).toEqual(quiet);
    clock.sleepMs(8 * 3_600_000);
    await clock.advanceMs(1_000);
    expect(watch.look()).toEqual({ sleptMs: 8 * 3_600_000 + 1_000, wallJumpMs: null });
    expect(watch.look()).toEqual(quiet);
    expect(watch.awakeMs()).toBe(2_000);
  });

  it.each([DAY_MS, -DAY_MS, 6_000, -6_000])('tells a wall clock set by %i ms once', async (jumpMs) => {
    const clock = fakeClock();
    const watch = createClockWatch(clock);
    clock.jumpWallMs(jumpMs);
    await clock.advanceMs(2_000);
    expect(watch.look()).toEqual({ sleptMs: null, wallJumpMs: jumpMs });
    await clock.advanceMs(2_000);
    expect(watch.look()).toEqual(quiet);
    expect(watch.awakeMs()).toBe(4_000);
  });

  it('tells sleep and a clock set meanwhile apart', () => {
    const clock = fakeClock();
    const watch = createClockWatch(clock);
    clock.sleepMs(3_600_000);
    clock.jumpWallMs(-DAY_MS);
    expect(watch.look()).toEqual({ sleptMs: 3_600_000, wallJumpMs: -DAY_MS });
  });

  it('asks the clock since boot only when the others differ', async () => {
    const clock = fakeClock();
    let asked = 0;
    const watch = createClockWatch({
      ...clock,
      bootMs: () => {
        asked += 1;
        return clock.bootMs();
      },
    });
    for (let look = 0; look < 5; look += 1) {
      await clock.advanceMs(30_000);
      expect(watch.look()).toEqual(quiet);
    }
    expect(asked).toBe(1);
    clock.sleepMs(100_000);
    expect(watch.look()).toEqual({ sleptMs: 100_000, wallJumpMs: null });
    expect(asked).toBe(2);
  });

  it('calls a process that stood still for long asleep', async () => {
    const clock = fakeClock();
    const watch = createClockWatch(clock);
    await clock.advanceMs(91_000);
    expect(watch.look().sleptMs).toBe(91_000);
    expect(watch.awakeMs()).toBe(0);
  });

  it.each([
    ['8 h of sleep', 8 * 3_600_000, { sleptMs: 8 * 3_600_000, wallJumpMs: null }],
    ['a clock set back', -DAY_MS, { sleptMs: null, wallJumpMs: -DAY_MS }],
    ['a clock set forward by a minute', 60_000, { sleptMs: null, wallJumpMs: 60_000 }],
  ])('without a clock since boot: %s', (_, wallMs, sight) => {
    const clock = fakeClock(undefined, false);
    const watch = createClockWatch(clock);
    clock.jumpWallMs(wallMs);
    expect(watch.look()).toEqual(sight);
  });
});
