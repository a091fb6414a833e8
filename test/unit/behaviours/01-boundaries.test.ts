import { describe, expect, it } from 'vitest';

import { batterySupply, laptop, reading } from '../../fakes/power-readings.ts';
import { watchedEnergy } from '../../fakes/watched-energy.ts';

describe('behaviour 1: boundaries', () => {
  it.each([
    [4.99, 'CRITICAL'],
    [5, 'LOW'],
    [19.99, 'LOW'],
    [20, 'MEDIUM'],
    [60, 'MEDIUM'],
    [60.01, 'HIGH'],
    [100, 'HIGH'],
  ])('%s %% on battery is %s', async (percent, level) => {
    const { monitor } = await watchedEnergy(laptop({ percent }));
    expect(monitor.current()).toMatchObject({ level, percent });
  });

  it('shows 19.99 rounded down and compares it unrounded', async () => {
    const { monitor } = await watchedEnergy(laptop({ percent: 19.99 }));
    expect(monitor.current().why).toContain('19 %');
  });

  it('compares the ratio of energies, not of rounded percents', async () => {
    const both = ['BAT0', 'BAT1'].map((name) =>
      batterySupply(name, { percent: 19.995, status: 'discharging', fullWh: 33.3 }),
    );
    const { monitor } = await watchedEnergy(reading(both));
    expect(monitor.current().level).toBe('LOW');
  });
});
