import { describe, expect, it } from 'vitest';

import { adapterSupply, batterySupply, laptop, reading } from '../../fakes/power-readings.ts';
import { watchedEnergy } from '../../fakes/watched-energy.ts';

describe('behaviour 4: odd names', () => {
  it.each([
    ['ADP1', 'CMB0'],
    ['ACAD', 'macsmc-battery'],
    ['bq24190_charger', 'max170xx_battery'],
    ['__proto__', 'constructor'],
  ])('%s and %s are an adapter and a battery', async (adapter, battery) => {
    const shows = (online: boolean) =>
      reading([
        adapterSupply(online, adapter),
        batterySupply(battery, { percent: 34, status: online ? 'charging' : 'discharging' }),
      ]);
    const watched = await watchedEnergy(shows(true));
    expect(watched.monitor.current().level).toBe('FULL');
    expect(await watched.shows(shows(false), 8)).toMatchObject({ level: 'MEDIUM', percent: 34 });
    expect(await watched.shows(shows(true), 8)).toMatchObject({ level: 'FULL' });
  });

  it('a machine the person calls always on mains is FULL at any charge', async () => {
    const watched = await watchedEnergy(laptop({ percent: 2 }), { alwaysOnMains: true });
    await watched.clock.advanceMs(600_000);
    expect(watched.levels()).toEqual(['FULL']);
  });
});
