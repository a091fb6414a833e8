import { describe, expect, it } from 'vitest';

import { fakeClock } from '../../fakes/fake-clock.ts';
import { laptop } from '../../fakes/power-readings.ts';
import { watchedEnergy } from '../../fakes/watched-energy.ts';

const HOUR_MS = 3_600_000;

describe('behaviour 15: clock jumps', () => {
  it.each([
    ['+1 day', 24 * HOUR_MS],
    ['-1 day', -24 * HOUR_MS],
    ['summer time', HOUR_MS],
    ['winter time', -HOUR_MS],
    ['an NTP step of 6 s', 6_000],
    ['to 1970', -Date.parse('2026-01-05T10:00:00Z')],
  ])('%s: looks go on every 2 s, told once, nothing else happens', async (_, jumpMs) => {
    const watched = await watchedEnergy(laptop({ percent: 54 }));
    await watched.clock.advanceMs(20_000);
    const reads = watched.reader.reads();
    watched.clock.jumpWallMs(jumpMs);
    await watched.clock.advanceMs(60_000);
    expect(watched.reader.reads() - reads).toBe(30);
    expect(watched.notes.filter((one) => one.kind === 'clock-jump')).toEqual([
      { kind: 'clock-jump', jumpMs },
    ]);
    expect(watched.kinds()).not.toContain('slept');
    expect(watched.changes).toHaveLength(1);
  });

  it('a step of 4 s is not worth a line', async () => {
    const watched = await watchedEnergy(laptop({ percent: 54 }));
    watched.clock.jumpWallMs(4_000);
    await watched.clock.advanceMs(60_000);
    expect(watched.kinds()).not.toContain('clock-jump');
  });

  it('without a clock since boot a jump back is a jump, and a day forward costs one fresh reading', async () => {
    const watched = await watchedEnergy(laptop({ percent: 54 }), {}, fakeClock(undefined, false));
    watched.clock.jumpWallMs(-24 * HOUR_MS);
    await watched.clock.advanceMs(10_000);
    expect(watched.kinds().filter((kind) => kind === 'clock-jump')).toHaveLength(1);
    expect(watched.changes).toHaveLength(1);
    watched.clock.jumpWallMs(24 * HOUR_MS);
    await watched.clock.advanceMs(10_000);
    expect(watched.kinds().filter((kind) => kind === 'slept')).toHaveLength(1);
    expect(watched.monitor.current().level).toBe('MEDIUM');
  });

  it('a fall in progress is timed by the monotonic clock', async () => {
    const watched = await watchedEnergy(laptop({ percent: 21 }));
    await watched.shows(laptop({ percent: 19 }), 4);
    watched.clock.jumpWallMs(24 * HOUR_MS);
    expect(await watched.shows(laptop({ percent: 19 }), 4)).toMatchObject({ level: 'MEDIUM' });
    expect(await watched.shows(laptop({ percent: 19 }), 6)).toMatchObject({ level: 'LOW' });
  });
});
