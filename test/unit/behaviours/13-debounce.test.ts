import { describe, expect, it } from 'vitest';

import { laptop } from '../../fakes/power-readings.ts';
import { randomFrom } from '../../fakes/seeded-random.ts';
import { watchedEnergy } from '../../fakes/watched-energy.ts';
import type { WatchedEnergy } from '../../fakes/watched-energy.ts';
import type { EnergyLevel } from '../../../shared/contract/vocabulary.ts';

describe('behaviour 13: debounce', () => {
  it.each([
    [21, 19, 'LOW', 10],
    [61, 59, 'MEDIUM', 10],
    [6, 4, 'CRITICAL', 2],
  ])('from %i to %i %% is %s after %i s of readings', async (from, to, level, seconds) => {
    const watched = await watchedEnergy(laptop({ percent: from }));
    const before = watched.monitor.current().level;
    expect(await watched.shows(laptop({ percent: to }), seconds)).toMatchObject({ level: before });
    expect(await watched.shows(laptop({ percent: to }), 2)).toMatchObject({ level });
  });

  it('a fall through two levels stops at the one that is certain', async () => {
    const watched = await watchedEnergy(laptop({ percent: 61 }));
    await watched.shows(laptop({ percent: 58 }), 8);
    await watched.shows(laptop({ percent: 48 }), 4);
    expect(watched.monitor.current().level).toBe('MEDIUM');
  });

  it('one reading below, then back, is nothing', async () => {
    const watched = await watchedEnergy(laptop({ percent: 20.1 }));
    for (let minute = 0; minute < 60; minute += 1) {
      await watched.shows(laptop({ percent: 19.9 }), 8);
      await watched.shows(laptop({ percent: 20.1 }), 8);
    }
    expect(watched.changes).toHaveLength(1);
  });

  it('on battery the level never rises', async () => {
    const watched = await watchedEnergy(laptop({ percent: 19 }));
    await watched.shows(laptop({ percent: 25 }), 600);
    await watched.shows(laptop({ percent: 35 }), 600);
    expect(watched.levels()).toEqual(['LOW']);
    expect(watched.monitor.current().why).toContain('35 %');
  });

  it('plugging in counts after 5 s', async () => {
    const watched = await watchedEnergy(laptop({ percent: 15 }));
    await watched.clock.advanceMs(10_000);
    expect(await watched.shows(laptop({ percent: 15, ac: true }), 4.9)).toMatchObject({ level: 'LOW' });
    expect(await watched.shows(laptop({ percent: 15, ac: true }), 3.1)).toMatchObject({ level: 'FULL' });
  });

  it('a dock that renegotiates three times in ten seconds is one event', async () => {
    const watched = await watchedEnergy(laptop({ percent: 40 }));
    for (const ac of [true, false, true, false, true]) {
      await watched.shows(laptop({ percent: 40, ac }), 2);
    }
    await watched.shows(laptop({ percent: 40, ac: true }), 120);
    expect(watched.levels()).toEqual(['MEDIUM', 'FULL']);
  });

  it.each([
    [1, 4],
    [2, 4],
    [3, 12],
    [4, 12],
    [5, 30],
  ])(
    'an hour at 20 %% +-3 with a loose plug: one change down at most, seed %i, contact up to %i s',
    async (seed, longest) => {
      const watched = await watchedEnergy(laptop({ percent: 21 }));
      await flutters(watched, randomFrom(seed), longest);
      expect(downs(watched.levels())).toBeLessThanOrEqual(1);
    },
  );

  it('a person who pulls, plugs in and pulls again is heard each time', async () => {
    const watched = await watchedEnergy(laptop({ percent: 34, ac: true }));
    await watched.shows(laptop({ percent: 34, ac: true }), 600);
    expect(await watched.shows(laptop({ percent: 34 }), 8)).toMatchObject({ level: 'MEDIUM' });
    await watched.shows(laptop({ percent: 34 }), 300);
    expect(await watched.shows(laptop({ percent: 34, ac: true }), 8)).toMatchObject({ level: 'FULL' });
    await watched.shows(laptop({ percent: 34, ac: true }), 600);
    expect(await watched.shows(laptop({ percent: 34 }), 8)).toMatchObject({ level: 'MEDIUM' });
    expect(await watched.shows(laptop({ percent: 34, ac: true }), 8)).toMatchObject({ level: 'FULL' });
  });

  it('a loose plug says so, counts again once it has held, and never hides an empty battery', async () => {
    const watched = await watchedEnergy(laptop({ percent: 34, ac: true }));
    for (const [ac, seconds] of [
      [false, 8],
      [true, 8],
      [false, 30],
    ] as const)
      await watched.shows(laptop({ percent: 34, ac }), seconds);
    expect(watched.monitor.current()).toMatchObject({ level: 'FULL' });
    expect(watched.monitor.current().why).toContain('the plug loses contact');
    expect(await watched.shows(laptop({ percent: 34 }), 32)).toMatchObject({ level: 'MEDIUM' });
    expect(await watched.shows(laptop({ percent: 34, ac: true }), 590)).toMatchObject({ level: 'MEDIUM' });
    expect(watched.monitor.current().why).toContain('counts once it holds for 10 min');
    expect(await watched.shows(laptop({ percent: 34, ac: true }), 12)).toMatchObject({ level: 'FULL' });

    const empty = await watchedEnergy(laptop({ percent: 4, ac: true }));
    await empty.shows(laptop({ percent: 4 }), 8);
    await empty.shows(laptop({ percent: 4, ac: true }), 8);
    expect(await empty.shows(laptop({ percent: 4 }), 8)).toMatchObject({ level: 'CRITICAL' });
  });

  it('an hour unplugged at 20 %% +-3: one change', async () => {
    const random = randomFrom(7);
    const watched = await watchedEnergy(laptop({ percent: 22 }));
    for (let seconds = 0; seconds < 3_600; seconds += 2) {
      await watched.shows(laptop({ percent: 17 + 6 * random() }), 2);
    }
    expect(watched.levels().length).toBeLessThanOrEqual(2);
  });
});

/** An hour of a plug that makes and loses contact, each for 1 to `longest` seconds. */
async function flutters(watched: WatchedEnergy, random: () => number, longest: number): Promise<void> {
  let ac = false;
  for (let at = 0; at < 3_600;) {
    ac = !ac;
    const seconds = 1 + (longest - 1) * random();
    await watched.shows(() => laptop({ percent: 17 + 6 * random(), ac }), seconds);
    at += seconds;
  }
}

function downs(levels: readonly EnergyLevel[]): number {
  return levels.filter((level, at) => at > 0 && level !== 'FULL').length;
}
