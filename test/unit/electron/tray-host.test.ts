import { describe, expect, it } from 'vitest';

import { watchTrayHost } from '../../../electron/tray-host.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';
import type { FakeClock } from '../../fakes/fake-clock.ts';

const OUR_PID = 4711;

/** `items` is what the host lists; null: it does not answer. */
function fakeBus(hasOwner: boolean, items: readonly string[] | null = [':1.7/StatusNotifierItem']) {
  let tell: (has: boolean) => void = () => undefined;
  const listed = { items };
  return {
    change: (has: boolean) => tell(has),
    listed,
    connect: () =>
      Promise.resolve({
        hasOwner: () => Promise.resolve(hasOwner),
        watchOwner(_name: string, onChange: (has: boolean) => void) {
          tell = onChange;
          return Promise.resolve();
        },
        call({ member, args }: { member: string; args: readonly unknown[] }) {
          if (listed.items === null) return Promise.reject(new Error('no answer'));
          if (member === 'Get') return Promise.resolve([listed.items]);
          return Promise.resolve([args[0] === ':1.7' ? OUR_PID : 1]);
        },
        close: () => Promise.resolve(),
      }),
  };
}

function watched(platform: string, connectBus: ReturnType<typeof fakeBus>['connect']) {
  const clock = fakeClock();
  const told: boolean[] = [];
  const remade: number[] = [];
  const watch = watchTrayHost({
    platform,
    connectBus,
    clock,
    pid: OUR_PID,
    onChange: (is) => told.push(is),
    onUnlisted: () => remade.push(clock.monotonicMs()),
  });
  return { clock, told, remade, watch };
}

/** Second by second, so that questions asked meanwhile are answered. */
async function steps(clock: FakeClock, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) await clock.advanceMs(1_000);
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
    void watch.stop();
    await clock.advanceMs(10_000);
    expect(told).toEqual([]);
  });

  it.each([
    ['by its own name', ['org.kde.StatusNotifierItem-4711-1']],
    ['by its connection', [':1.3/org/other', ':1.7/StatusNotifierItem']],
    ['as far as a silent host says', null],
  ])('is content with an icon that is listed %s', async (_, items) => {
    const { clock, told, remade } = watched('linux', fakeBus(true, items).connect);
    await steps(clock, 60);
    expect(told).toEqual([true]);
    expect(remade).toEqual([]);
  });

  it('has an unlisted icon made anew, and says no when that does not help', async () => {
    const { clock, told, remade } = watched('linux', fakeBus(true, [':1.3/org/other']).connect);
    await steps(clock, 4);
    expect(remade).toHaveLength(1);
    expect(told).toEqual([true]);
    await steps(clock, 4);
    expect(told).toEqual([true, false]);
  });

  it('looks for the icon again after each return of the host', async () => {
    const bus = fakeBus(true);
    const { clock, told, remade } = watched('linux', bus.connect);
    await steps(clock, 4);
    bus.change(false);
    bus.listed.items = [];
    await clock.advanceMs(1_000);
    bus.change(true);
    await steps(clock, 4);
    expect(remade).toHaveLength(1);
    bus.listed.items = [':1.7/StatusNotifierItem'];
    await steps(clock, 60);
    expect(told).toEqual([true]);
  });
});
