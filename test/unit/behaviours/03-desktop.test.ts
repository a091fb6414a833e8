import { describe, expect, it } from 'vitest';

import { adapterSupply, batterySupply, desktop } from '../../fakes/power-readings.ts';
import { watchedEnergy } from '../../fakes/watched-energy.ts';

const mouse = {
  ...batterySupply('hidpp_battery_0', { percent: 3, status: 'discharging' }),
  scope: 'device' as const,
  counted: false,
  reason: 'powers a device, not this machine',
};
const idlePort = { ...adapterSupply(false, 'ucsi-source-psy-1'), kind: 'usb' as const };

describe('behaviour 3: desktop', () => {
  it.each([
    ['nothing at all', []],
    ['a mouse at 3 %', [mouse]],
    ["a graphics card's idle USB-C port", [idlePort]],
    ['both', [mouse, idlePort]],
  ])('with %s is FULL for hours, without one change', async (_, supplies) => {
    const watched = await watchedEnergy(desktop([], supplies));
    await watched.clock.advanceMs(3 * 3_600_000);
    expect(watched.monitor.current()).toMatchObject({
      level: 'FULL',
      why: 'mains, no battery',
      onExternalPower: true,
      batteryPresent: false,
      percent: null,
      reservePercent: null,
    });
    expect(watched.changes).toHaveLength(1);
  });
});
