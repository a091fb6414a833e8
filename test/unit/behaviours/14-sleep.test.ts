import { describe, expect, it } from 'vitest';

import { fakeClock } from '../../fakes/fake-clock.ts';
import { laptop } from '../../fakes/power-readings.ts';
import { watchedEnergy } from '../../fakes/watched-energy.ts';

describe('behaviour 14: sleep', () => {
  it.each([true, false])('8 h with the lid closed (clock since boot: %s)', async (hasBootTime) => {
    const watched = await watchedEnergy(laptop({ percent: 54 }), {}, fakeClock(undefined, hasBootTime));
    await watched.clock.advanceMs(60_000);
    const [awakeMs, reads] = [watched.monitor.awakeMs(), watched.reader.reads()];
    watched.clock.sleepMs(8 * 3_600_000);
    watched.reader.gives(laptop({ percent: 31 }));
    await watched.clock.advanceMs(5_000);
    expect(watched.monitor.current()).toMatchObject({ level: 'MEDIUM', percent: 31 });
    expect(watched.notes.filter((one) => one.kind === 'slept')).toHaveLength(1);
    expect(watched.monitor.awakeMs() - awakeMs).toBeLessThanOrEqual(5_000);
    expect(watched.reader.reads() - reads).toBeLessThanOrEqual(4);
  });

  it('the first reading after waking is thrown away', async () => {
    const watched = await watchedEnergy(laptop({ percent: 54 }));
    watched.clock.sleepMs(3_600_000);
    watched.reader.gives(laptop({ percent: 4 }));
    await watched.clock.advanceMs(2_000);
    expect(watched.monitor.current().level).toBe('UNKNOWN');
    watched.reader.gives(laptop({ percent: 50 }));
    await watched.clock.advanceMs(1_000);
    expect(watched.monitor.current()).toMatchObject({ level: 'MEDIUM', percent: 50 });
    expect(watched.levels()).toEqual(['MEDIUM', 'UNKNOWN', 'MEDIUM']);
  });

  it.each([
    ['plugged in', true, 'FULL'],
    ['unplugged', false, 'LOW'],
  ])('woken %s: the new state stands at once, whatever it was before', async (_, ac, level) => {
    const watched = await watchedEnergy(laptop({ percent: 90, ac: !ac }));
    watched.clock.sleepMs(3_600_000);
    watched.reader.gives(laptop({ percent: 12, ac }));
    await watched.clock.advanceMs(5_000);
    expect(watched.monitor.current().level).toBe(level);
  });

  it('a nap under 90 s is not sleep', async () => {
    const watched = await watchedEnergy(laptop({ percent: 54 }));
    watched.clock.sleepMs(80_000);
    await watched.clock.advanceMs(10_000);
    expect(watched.kinds()).not.toContain('slept');
    expect(watched.changes).toHaveLength(1);
  });
});
