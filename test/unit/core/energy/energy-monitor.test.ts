import { describe, expect, it } from 'vitest';

import { energyConfigSchema } from '../../../../shared/contract/config.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import { laptop } from '../../../fakes/power-readings.ts';
import { watchedEnergy } from '../../../fakes/watched-energy.ts';
import type { PowerReading } from '../../../../shared/contract/energy.ts';

describe('energy monitor', () => {
  it('is UNKNOWN before the first reading and right after it', async () => {
    const { changes, monitor } = await watchedEnergy(laptop({ percent: 54 }));
    expect(changes.map((one) => one.level)).toEqual(['MEDIUM']);
    expect(monitor.current()).toMatchObject({ level: 'MEDIUM', levelValue: 2, percent: 54 });
    expect(monitor.current().why).toContain('54 %');
  });

  it('looks every 2 s and never twice at a time', async () => {
    const watched = await watchedEnergy(laptop({ percent: 54 }));
    await watched.clock.advanceMs(20_000);
    expect(watched.reader.reads()).toBe(11);
    await Promise.all([watched.monitor.look(), watched.monitor.look()]);
    expect(watched.reader.reads()).toBe(12);
  });

  it('cuts off a reader that hangs, keeps the value while it ages, then knows nothing', async () => {
    const watched = await watchedEnergy(laptop({ percent: 54 }));
    const hangs = () => new Promise<PowerReading>(() => {});
    expect(await watched.shows(hangs, 60)).toMatchObject({ level: 'MEDIUM' });
    expect(watched.monitor.ageMs()).toBeGreaterThan(55_000);
    expect(watched.reader.reads()).toBe(2);
    expect(await watched.shows(hangs, 40)).toMatchObject({ level: 'UNKNOWN', percent: null });
    expect(watched.notes.filter((one) => one.kind === 'read-failed')).toEqual([
      { kind: 'read-failed', text: 'no answer within 1 s' },
    ]);
  });

  it('waits longer for the very first reading, while the sensor thread starts', async () => {
    const clock = fakeClock();
    const slow = () =>
      new Promise<PowerReading>((resolve) => {
        clock.after(3_000, () => resolve(laptop({ percent: 54 })));
      });
    const watched = await watchedEnergy(slow, {}, clock);
    const state = watched.monitor.look();
    await clock.advanceMs(3_000);
    expect(await state).toMatchObject({ level: 'MEDIUM' });
  });

  it('drops a late answer and reads anew', async () => {
    const watched = await watchedEnergy(laptop({ percent: 54 }));
    let answer: (reading: PowerReading) => void = () => {};
    await watched.shows(() => new Promise((resolve) => (answer = resolve)), 10);
    answer(laptop({ percent: 50 }));
    const state = await watched.shows(laptop({ percent: 53 }), 4);
    expect(state.percent).toBe(53);
  });

  it('survives a reader that throws and a listener that throws', async () => {
    const watched = await watchedEnergy(laptop({ percent: 54 }));
    const state = await watched.shows(() => {
      throw new Error('permission denied');
    }, 10);
    expect(state.level).toBe('MEDIUM');
    expect(watched.notes).toContainEqual({ kind: 'read-failed', text: 'permission denied' });
    expect(await watched.shows(laptop({ percent: 53 }), 4)).toMatchObject({ percent: 53 });
  });

  it('tells only changes that matter', async () => {
    const watched = await watchedEnergy(laptop({ percent: 54 }));
    await watched.shows(laptop({ percent: 50 }), 60);
    await watched.shows(laptop({ percent: 41, powerW: -25 }), 60);
    expect(watched.changes).toHaveLength(1);
    await watched.shows(laptop({ percent: 41, ac: true }), 10);
    expect(watched.changes).toHaveLength(2);
  });

  it('stops: no look, no timer, reader closed', async () => {
    const watched = await watchedEnergy(laptop({ percent: 54 }));
    await watched.clock.advanceMs(2_000);
    await watched.monitor.stop();
    const reads = watched.reader.reads();
    await watched.clock.advanceMs(60_000);
    expect(watched.reader.reads()).toBe(reads);
    expect(watched.clock.pending()).toBe(0);
    expect(watched.reader.closed()).toBe(true);
  });

  it('follows a change of settings', async () => {
    const watched = await watchedEnergy(laptop({ percent: 54 }));
    watched.monitor.configure(energyConfigSchema.parse({ alwaysOnMains: true }));
    await watched.clock.advanceMs(10_000);
    expect(watched.monitor.current()).toMatchObject({ level: 'FULL', batteryPresent: false });
  });
});
