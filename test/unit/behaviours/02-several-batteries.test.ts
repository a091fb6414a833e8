import { describe, expect, it } from 'vitest';

import { batterySupply, reading } from '../../fakes/power-readings.ts';
import { watchedEnergy } from '../../fakes/watched-energy.ts';
import type { PowerSupply } from '../../../shared/contract/energy.ts';

const small = (percent: number, status: PowerSupply['status'] = 'discharging') =>
  batterySupply('BAT0', { percent, status: status ?? 'unknown', fullWh: 23 });
const large = (percent: number, status: PowerSupply['status'] = 'discharging') =>
  batterySupply('BAT1', { percent, status: status ?? 'unknown', fullWh: 48 });

describe('behaviour 2: several batteries', () => {
  it('sums energies: 76 % of 23 Wh and 5 % of 48 Wh are 28 %, not 40 %', async () => {
    const { monitor } = await watchedEnergy(reading([small(76), large(5)]));
    expect(Math.floor(monitor.current().percent ?? 0)).toBe(28);
    expect(monitor.current().level).toBe('MEDIUM');
  });

  it('leaves out a slot of 0 Wh', async () => {
    const ghost = { ...large(0, 'unknown'), energyWh: 0, energyFullWh: 0 };
    const { monitor, notes } = await watchedEnergy(reading([small(76), ghost]));
    expect(monitor.current()).toMatchObject({ level: 'HIGH', percent: 76 });
    expect(monitor.current().supplies.map((one) => one.counted)).toEqual([true, false]);
    expect(notes.filter((one) => one.kind === 'refused')).toEqual([]);
  });

  it('calls a pair of "discharging" and "not charging" on battery', async () => {
    const { monitor } = await watchedEnergy(reading([small(76), large(50, 'not-charging')]));
    expect(monitor.current()).toMatchObject({ onExternalPower: false, state: 'discharging' });
  });

  it('believes 0 % of a battery beside one that carries the machine', async () => {
    const watched = await watchedEnergy(reading([small(90), large(3)]));
    const state = await watched.shows(reading([small(90), large(0)]), 60);
    expect(Math.floor(state.percent ?? 0)).toBe(29);
    expect(watched.kinds()).not.toContain('refused');
  });

  it('starts anew when a battery is exchanged while the other carries the machine', async () => {
    const watched = await watchedEnergy(reading([small(14), large(6)]));
    expect(watched.monitor.current().level).toBe('LOW');
    await watched.shows(reading([small(13)]), 20);
    const state = await watched.shows(reading([small(13), large(95)]), 4);
    expect(state.level).toBe('HIGH');
  });

  it('does not call a battery exchanged whose sensor went away for a moment', async () => {
    const watched = await watchedEnergy(reading([small(19), large(19)]));
    await watched.shows(reading([small(19)]), 4);
    const state = await watched.shows(reading([small(21), large(21)]), 120);
    expect(state.level).toBe('LOW');
  });
});
