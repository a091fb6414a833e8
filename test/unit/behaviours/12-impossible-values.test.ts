import { describe, expect, it } from 'vitest';

import { batterySupply, laptop, reading } from '../../fakes/power-readings.ts';
import { watchedEnergy } from '../../fakes/watched-energy.ts';

describe('behaviour 12: impossible values', () => {
  it.each([
    ['65535 %', 65_535],
    ['130 %', 130],
    ['-1 %', -1],
    ['NaN', Number.NaN],
  ])('%s is refused, for good', async (_, percent) => {
    const watched = await watchedEnergy(laptop({ percent: 54 }));
    expect(await watched.shows(laptop({ percent }), 30)).toMatchObject({ level: 'MEDIUM', percent: 54 });
    expect(await watched.shows(laptop({ percent }), 90)).toMatchObject({ level: 'UNKNOWN', percent: null });
  });

  it('a little over 100 % is refused at first and full once it holds', async () => {
    const watched = await watchedEnergy(laptop({ percent: 99 }));
    expect(await watched.shows(laptop({ percent: 103 }), 18)).toMatchObject({ percent: 99 });
    expect(await watched.shows(laptop({ percent: 103 }), 8)).toMatchObject({ percent: 100 });
  });

  it.each([
    [54, 80, 'MEDIUM'],
    [54, 30, 'MEDIUM'],
    [54, 12, 'LOW'],
  ])('a jump from %i to %i %% is refused, then believed when it holds for 20 s', async (from, to, after) => {
    const watched = await watchedEnergy(laptop({ percent: from }));
    expect(await watched.shows(laptop({ percent: to }), 18)).toMatchObject({
      level: 'MEDIUM',
      percent: from,
    });
    expect(watched.kinds().filter((kind) => kind === 'refused')).toHaveLength(1);
    expect(await watched.shows(laptop({ percent: to }), 30)).toMatchObject({ level: after, percent: to });
  });

  it('one wild reading among good ones leaves no trace', async () => {
    const watched = await watchedEnergy(laptop({ percent: 54 }));
    await watched.shows(laptop({ percent: 4 }), 2);
    await watched.shows(laptop({ percent: 53.9 }), 2);
    await watched.shows(laptop({ percent: 99 }), 2);
    await watched.shows(laptop({ percent: 53.8 }), 60);
    expect(watched.levels()).toEqual(['MEDIUM']);
    expect(watched.monitor.current().percent).toBe(53.8);
  });

  it('wild readings that do not agree with each other are never believed', async () => {
    const watched = await watchedEnergy(laptop({ percent: 54 }));
    for (let at = 0; at < 40; at += 1) {
      const state = await watched.shows(laptop({ percent: at % 2 === 0 ? 5 : 95 }), 2);
      expect(state.percent).toBe(54);
    }
  });

  it('more than 300 W is refused, then believed; 65 kW never is', async () => {
    const watched = await watchedEnergy(laptop({ percent: 54, powerW: -20 }));
    expect(await watched.shows(laptop({ percent: 54, powerW: -330 }), 10)).toMatchObject({ netPowerW: null });
    expect(await watched.shows(laptop({ percent: 54, powerW: -330 }), 20)).toMatchObject({ netPowerW: -330 });
    expect(await watched.shows(laptop({ percent: 54, powerW: -65_535 }), 60)).toMatchObject({
      netPowerW: null,
    });
    expect(watched.levels()).toEqual(['MEDIUM']);
  });

  it('0 Wh beside a good percent is a gauge without energies', async () => {
    const battery = batterySupply('BAT0', { percent: 54, status: 'discharging' });
    const watched = await watchedEnergy(reading([{ ...battery, energyWh: 0 }]));
    expect(watched.monitor.current()).toMatchObject({ level: 'MEDIUM', percent: 54 });
  });

  it('a jump over a gap in the readings proves nothing', async () => {
    const watched = await watchedEnergy(laptop({ percent: 54 }));
    await watched.shows(() => {
      throw new Error('EIO');
    }, 120);
    expect(await watched.shows(laptop({ percent: 15 }), 4)).toMatchObject({ level: 'LOW', percent: 15 });
  });
});
