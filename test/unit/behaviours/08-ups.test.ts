import { describe, expect, it } from 'vitest';

import { desktop, laptop, ups } from '../../fakes/power-readings.ts';
import { watchedEnergy } from '../../fakes/watched-energy.ts';

describe('behaviour 8: UPS', () => {
  it.each([
    [90, 1_200, false, 'HIGH'],
    [45, 1_200, false, 'MEDIUM'],
    [90, 899, false, 'LOW'],
    [90, 299, false, 'CRITICAL'],
    [90, 1_200, true, 'CRITICAL'],
    [15, 1_200, false, 'LOW'],
    [4, 1_200, false, 'CRITICAL'],
    [4, 899, false, 'CRITICAL'],
    [80, null, false, 'HIGH'],
  ])(
    'a desktop on UPS at %s %%, %s s left, low battery %s, is %s',
    async (chargePercent, runtimeSeconds, lowBattery, level) => {
      const watched = await watchedEnergy(desktop([ups()]));
      expect(watched.monitor.current().level).toBe('FULL');
      const state = await watched.shows(
        desktop([ups({ onBattery: true, chargePercent, runtimeSeconds, lowBattery })]),
        10,
      );
      expect(state).toMatchObject({ level, onExternalPower: false });
    },
  );

  it('a laptop behind a UPS on battery goes by its own battery; never FULL', async () => {
    const watched = await watchedEnergy(laptop({ percent: 70, ac: true, ups: [ups()] }));
    const onUps = laptop({ percent: 70, ac: true, ups: [ups({ onBattery: true, chargePercent: 10 })] });
    const state = await watched.shows(onUps, 10);
    expect(state).toMatchObject({ level: 'HIGH', onExternalPower: false });
    expect(state.ups[0]).toMatchObject({ onBattery: true });
    expect(await watched.shows(laptop({ percent: 70, ac: true, ups: [ups()] }), 10)).toMatchObject({
      level: 'FULL',
      onExternalPower: true,
    });
  });

  it('a UPS that runs down never raises the level, whatever its runtime says', async () => {
    const watched = await watchedEnergy(desktop([ups()]));
    const at = (runtimeSeconds: number) =>
      desktop([ups({ onBattery: true, chargePercent: 70, runtimeSeconds })]);
    for (let minute = 0; minute < 10; minute += 1) {
      await watched.shows(at(880), 20);
      await watched.shows(at(920), 20);
    }
    expect(watched.levels()).toEqual(['FULL', 'LOW']);
  });

  it('a UPS that feeds something else decides nothing', async () => {
    const other = ups({ name: 'rack@127.0.0.1', feedsThisMachine: false });
    const watched = await watchedEnergy(desktop([other]));
    await watched.shows(desktop([{ ...other, onBattery: true, chargePercent: 3 }]), 60);
    expect(watched.levels()).toEqual(['FULL']);
  });

  it('a UPS on battery that tells no charge is UNKNOWN, not FULL', async () => {
    const watched = await watchedEnergy(desktop([ups()]));
    const mute = desktop([ups({ onBattery: true, chargePercent: null, runtimeSeconds: null })]);
    expect(await watched.shows(mute, 10)).toMatchObject({ level: 'UNKNOWN', onExternalPower: false });
    expect(await watched.shows(desktop([ups()]), 10)).toMatchObject({ level: 'FULL' });
  });
});
