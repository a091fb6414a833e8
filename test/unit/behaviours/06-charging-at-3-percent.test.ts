import { describe, expect, it } from 'vitest';

import { laptop } from '../../fakes/power-readings.ts';
import { watchedEnergy } from '../../fakes/watched-energy.ts';

describe('behaviour 6: charging at 3 %', () => {
  it('is FULL with a reserve of 3 %', async () => {
    const watched = await watchedEnergy(laptop({ percent: 3, ac: true }));
    expect(watched.monitor.current()).toMatchObject({
      level: 'FULL',
      reservePercent: 3,
      onExternalPower: true,
    });
    expect(watched.monitor.current().why).toContain('reserve 3 %');
  });

  it('the reserve is built at 10 %, and stays built when the gauge wavers', async () => {
    const watched = await watchedEnergy(laptop({ percent: 9.9, ac: true }));
    expect(watched.monitor.current().reservePercent).toBe(9.9);
    expect(await watched.shows(laptop({ percent: 10, ac: true }), 4)).toMatchObject({ reservePercent: null });
    expect(await watched.shows(laptop({ percent: 9.8, ac: true }), 4)).toMatchObject({
      reservePercent: null,
    });
    expect(watched.changes).toHaveLength(2);
  });

  it('or after 10 minutes of net charge', async () => {
    const watched = await watchedEnergy(laptop({ percent: 3, ac: true }));
    await watched.shows(laptop({ percent: 5, ac: true }), 590);
    expect(watched.monitor.current().reservePercent).toBe(5);
    expect(await watched.shows(laptop({ percent: 5, ac: true }), 20)).toMatchObject({ reservePercent: null });
    expect(watched.monitor.current().why).not.toContain('reserve');
  });

  it('a battery that is not being filled builds no reserve', async () => {
    const watched = await watchedEnergy(laptop({ percent: 3, ac: true, status: 'not-charging' }));
    await watched.clock.advanceMs(3_600_000);
    expect(watched.monitor.current()).toMatchObject({ level: 'FULL', reservePercent: 3 });
  });

  it('pulling the cord starts the count anew', async () => {
    const watched = await watchedEnergy(laptop({ percent: 6, ac: true }));
    await watched.shows(laptop({ percent: 8, ac: true }), 500);
    await watched.shows(laptop({ percent: 8 }), 20);
    await watched.shows(laptop({ percent: 8, ac: true }), 200);
    expect(watched.monitor.current().reservePercent).toBe(8);
  });

  it.each([
    [3, 'CRITICAL', 0],
    [3, 'CRITICAL', 100],
    [3, 'CRITICAL', 1_000],
    [3, 'CRITICAL', 1_999],
    [12, 'LOW', 500],
    [40, 'MEDIUM', 1_500],
    [90, 'HIGH', 1],
  ])(
    'the cord pulled at %i %% reaches %s within 8 s, whenever it is pulled (%i ms)',
    async (percent, level, offsetMs) => {
      const watched = await watchedEnergy(laptop({ percent, ac: true }));
      await watched.clock.advanceMs(10_000 + offsetMs);
      await watched.shows(laptop({ percent }), 4.9);
      expect(watched.monitor.current().level).toBe('FULL');
      expect(await watched.shows(laptop({ percent }), 3.1)).toMatchObject({ level, onExternalPower: false });
      expect(watched.levels()).toEqual(['FULL', level]);
    },
  );
});
