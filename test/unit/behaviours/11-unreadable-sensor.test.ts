import { describe, expect, it } from 'vitest';

import { laptop } from '../../fakes/power-readings.ts';
import { watchedEnergy } from '../../fakes/watched-energy.ts';

const fails = () => {
  throw new Error('EIO');
};

describe('behaviour 11: unreadable sensor', () => {
  it('one failed read keeps the value and its age grows', async () => {
    const watched = await watchedEnergy(laptop({ percent: 54 }));
    const before = watched.monitor.current();
    const state = await watched.shows(fails, 2);
    expect(state).toMatchObject({ level: 'MEDIUM', percent: 54, readAt: before.readAt });
    expect(watched.monitor.ageMs()).toBeGreaterThanOrEqual(2_000);
    expect(watched.changes).toHaveLength(1);
  });

  it.each([
    ['a reader that throws', fails],
    ['a battery without a charge', () => laptop({ percent: null })],
    ['0 % while the machine runs', () => laptop({ percent: 0 })],
    ['0 % with the word "empty"', () => laptop({ percent: 0, status: 'empty' as const })],
  ])('%s keeps the value for 90 s, then nothing is known and nothing is 0', async (_, shows) => {
    const watched = await watchedEnergy(laptop({ percent: 54 }));
    for (let at = 0; at < 88; at += 2) {
      expect(await watched.shows(shows, 2)).toMatchObject({ level: 'MEDIUM', percent: 54 });
    }
    const state = await watched.shows(shows, 6);
    expect(state).toMatchObject({ level: 'UNKNOWN', levelValue: null, percent: null });
    expect(await watched.shows(laptop({ percent: 53 }), 4)).toMatchObject({ level: 'MEDIUM', percent: 53 });
    expect(watched.levels()).toEqual(['MEDIUM', 'UNKNOWN', 'MEDIUM']);
  });

  it('0 % is never believed, however long it is said', async () => {
    const watched = await watchedEnergy(laptop({ percent: 0 }));
    await watched.clock.advanceMs(600_000);
    expect(watched.levels()).toEqual(['UNKNOWN']);
    expect(watched.monitor.current()).toMatchObject({ level: 'UNKNOWN', percent: null });
  });

  it('a battery nobody can read does not take away the adapter', async () => {
    const watched = await watchedEnergy(laptop({ percent: 54, ac: true }));
    await watched.shows(laptop({ percent: null, ac: true }), 300);
    expect(watched.levels()).toEqual(['FULL']);
  });
});
