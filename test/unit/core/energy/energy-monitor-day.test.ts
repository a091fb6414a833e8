import { describe, expect, it } from 'vitest';

import { fakeClock } from '../../../fakes/fake-clock.ts';
import { laptop } from '../../../fakes/power-readings.ts';
import { troubledDay } from '../../../fakes/troubled-day.ts';
import { watchedEnergy } from '../../../fakes/watched-energy.ts';
import type { PowerReading } from '../../../../shared/contract/energy.ts';

describe('24 hours of the whole monitor', () => {
  it.each([11, 12])('cord, gauge, UPS, clock, lid and reader misbehave, seed %i', async (seed) => {
    const nextLook = troubledDay(seed);
    const clock = fakeClock();
    const watched = await watchedEnergy(laptop({ percent: 54 }), {}, clock);
    let sleeps = 0;
    let looks = 0;
    watched.reader.gives(() => {
      const { reading, sleptMs, wallJumpMs } = nextLook();
      looks += 1;
      if (sleptMs > 0) clock.sleepMs(sleptMs);
      if (sleptMs > 90_000) sleeps += 1;
      clock.jumpWallMs(wallJumpMs);
      if (reading !== null) return reading;
      if (looks % 2 === 0) throw new Error('EIO');
      return new Promise<PowerReading>((resolve) => {
        clock.after(5_000, () => resolve(laptop({ percent: 1 })));
      });
    });
    for (let hour = 0; hour < 24; hour += 1) await clock.advanceMs(3_600_000);

    expect(looks).toBeGreaterThan(40_000);
    expect(watched.notes.filter((one) => one.kind === 'slept')).toHaveLength(sleeps);
    expect(watched.kinds()).not.toContain('listener-failed');
    const signatures = watched.changes.map((one) =>
      JSON.stringify([one.level, one.onExternalPower, one.why]),
    );
    expect(signatures.length).toBeLessThan(400);
    const levels = watched.notes.flatMap((one) => (one.kind === 'level' ? [`${one.from}>${one.to}`] : []));
    levels.forEach((step, at) => {
      if (at > 0) expect(step.split('>')[0]).toBe(levels[at - 1]?.split('>')[1]);
    });
    expect(clock.pending()).toBeLessThanOrEqual(3);
  });
});
