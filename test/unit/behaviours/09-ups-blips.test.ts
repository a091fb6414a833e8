import { describe, expect, it } from 'vitest';

import { desktop, ups } from '../../fakes/power-readings.ts';
import { watchedEnergy } from '../../fakes/watched-energy.ts';
import type { UpsReading } from '../../../shared/contract/energy.ts';

describe('behaviour 9: UPS blips', () => {
  it.each([1, 2, 4, 5.9])('on battery for %s s is recorded and changes nothing', async (seconds) => {
    const watched = await watchedEnergy(desktop([ups()]));
    await watched.clock.advanceMs(30_000);
    await watched.shows(desktop([ups({ onBattery: true, chargePercent: 30 })]), seconds);
    await watched.shows(desktop([ups()]), 60);
    expect(watched.changes).toHaveLength(1);
    expect(watched.monitor.current().ups[0]?.onBattery).toBe(false);
  });

  it('a blip that was seen is told as one', async () => {
    const watched = await watchedEnergy(desktop([ups()]));
    await watched.shows(desktop([ups({ onBattery: true })]), 4);
    await watched.shows(desktop([ups()]), 10);
    expect(watched.notes).toContainEqual({ kind: 'ups-blip', name: 'ups@127.0.0.1', lastedMs: 4_000 });
  });

  it('6 s on battery counts', async () => {
    const watched = await watchedEnergy(desktop([ups()]));
    const state = await watched.shows(desktop([ups({ onBattery: true, chargePercent: 30 })]), 9);
    expect(state).toMatchObject({ level: 'MEDIUM', onExternalPower: false });
  });

  const tests: readonly [string, Partial<UpsReading>][] = [
    ['off', { status: 'OFF', off: true, onBattery: null }],
    ['calibrating', { status: 'OB CAL DISCHRG', calibrating: true, onBattery: true, lowBattery: true }],
    ['in a self-test', { status: 'ONBATT SELFTEST', onBattery: true, source: 'apcupsd' }],
  ];
  it.each(tests)('%s for 30 s changes nothing', async (_, facts) => {
    const watched = await watchedEnergy(desktop([ups()]));
    await watched.shows(desktop([ups({ ...facts, chargePercent: 8 })]), 29);
    await watched.shows(desktop([ups()]), 30);
    expect(watched.levels()).toEqual(['FULL']);
  });

  it.each(tests.slice(1))('%s for longer counts by what it says', async (_, facts) => {
    const watched = await watchedEnergy(desktop([ups()]));
    const state = await watched.shows(desktop([ups({ ...facts, chargePercent: 8 })]), 40);
    expect(state.onExternalPower).toBe(false);
    expect(['LOW', 'CRITICAL']).toContain(state.level);
  });

  it('a forced shutdown is not waited for', async () => {
    const watched = await watchedEnergy(desktop([ups()]));
    const fsd = ups({ status: 'FSD OB LB', onBattery: true, lowBattery: true, forcedShutdown: true });
    expect(await watched.shows(desktop([fsd]), 5)).toMatchObject({ level: 'CRITICAL' });
  });

  it('nor one that comes from a daemon that lost its UPS', async () => {
    const watched = await watchedEnergy(desktop([ups()]));
    const fsd = ups({ onBattery: null, commLost: true, forcedShutdown: true, problem: 'lost' });
    expect(await watched.shows(desktop([fsd]), 2)).toMatchObject({ level: 'CRITICAL' });
  });
});
