import { describe, expect, it } from 'vitest';

import { watchTrayHost } from '../../../electron/tray-host.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

function fakeBus(hasOwner: boolean) {
  let tell: (has: boolean) => void = () => undefined;
  return {
    change: (has: boolean) => tell(has),
    connect: () =>
      Promise.resolve({
        hasOwner: () => Promise.resolve(hasOwner),
        watchOwner(_name: string, onChange: (has: boolean) => void) {
          tell = onChange;
          return Promise.resolve();
        },
        close: () => undefined,
      }),
  };
}

function watched(platform: string, connectBus: ReturnType<typeof fakeBus>['connect']) {
  const clock = fakeClock();
  const told: boolean[] = [];
  const watch = watchTrayHost({ platform, connectBus, clock, onChange: (is) => told.push(is) });
  return { clock, told, watch };
}

describe('whether this desktop shows tray icons', () => {
  it.each(['darwin', 'win32'])('%s always does', (platform) => {
    const never = () => Promise.reject(new Error('not asked'));
    expect(watched(platform, never).told).toEqual([true]);
  });

  it('says yes at once where a host is there', async () => {
    const { clock, told } = watched('linux', fakeBus(true).connect);
    await clock.advanceMs(1);
    expect(told).toEqual([true]);
    await clock.advanceMs(10_000);
    expect(told).toEqual([true]);
  });

  it('says no after three seconds without one', async () => {
    const { clock, told } = watched('linux', fakeBus(false).connect);
    await clock.advanceMs(2_999);
    expect(told).toEqual([]);
    await clock.advanceMs(1);
    expect(told).toEqual([false]);
  });

  it('says no without a session bus', async () => {
    const { clock, told } = watched('linux', () => Promise.reject(new Error('none')));
    await clock.advanceMs(3_000);
    expect(told).toEqual([false]);
  });

  it('hears of a host that comes later', async () => {
    const bus = fakeBus(false);
    const { clock, told } = watched('linux', bus.connect);
    await clock.advanceMs(60_000);
    bus.change(true);
    expect(told).toEqual([false, true]);
  });

  it('does not mind a panel that restarts', async () => {
    const bus = fakeBus(true);
    const { clock, told } = watched('linux', bus.connect);
    await clock.advanceMs(1);
    bus.change(false);
    await clock.advanceMs(1_000);
    bus.change(true);
    await clock.advanceMs(10_000);
    expect(told).toEqual([true]);
  });

  it('says no when the panel stays away', async () => {
    const bus = fakeBus(true);
    const { clock, told } = watched('linux', bus.connect);
    await clock.advanceMs(1);
    bus.change(false);
    await clock.advanceMs(3_000);
    expect(told).toEqual([true, false]);
  });

  it('says nothing once it is stopped', async () => {
    const { clock, told, watch } = watched('linux', fakeBus(false).connect);
    watch.stop();
    await clock.advanceMs(10_000);
    expect(told).toEqual([]);
  });
});
