import { describe, expect, it } from 'vitest';

import { desktop, laptop, ups } from '../../fakes/power-readings.ts';
import { watchedEnergy } from '../../fakes/watched-energy.ts';
import type { UpsReading } from '../../../shared/contract/energy.ts';

const silent = (last: Partial<UpsReading>) => ups({ ...last, problem: 'connection refused' });

describe('behaviour 10: UPS silence', () => {
  it('under 15 s changes nothing', async () => {
    const watched = await watchedEnergy(desktop([ups()]));
    await watched.shows(desktop([silent({})]), 14);
    await watched.shows(desktop([ups()]), 10);
    expect(watched.changes).toHaveLength(1);
  });

  it('last seen on line keeps the level and shows its trouble', async () => {
    const watched = await watchedEnergy(desktop([ups()]));
    const state = await watched.shows(desktop([silent({})]), 600);
    expect(state).toMatchObject({ level: 'FULL', onExternalPower: true });
    expect(state.ups[0]).toMatchObject({ problem: 'connection refused', onBattery: false });
    expect(watched.kinds().filter((kind) => kind === 'ups-silent')).toHaveLength(1);
    await watched.shows(desktop([ups()]), 4);
    expect(watched.kinds()).toContain('ups-answers');
    expect(watched.monitor.current().ups[0]?.problem).toBeNull();
  });

  it.each([2, 4, 30])('last seen on battery (for %i s) is CRITICAL on a desktop', async (seconds) => {
    const watched = await watchedEnergy(desktop([ups()]));
    const onBattery = { onBattery: true, chargePercent: 80 };
    await watched.shows(desktop([ups(onBattery)]), seconds);
    const state = await watched.shows(desktop([silent(onBattery)]), 22);
    expect(state).toMatchObject({ level: 'CRITICAL', onExternalPower: false });
  });

  it('a daemon that lost its UPS and forgot what it said is judged by what we saw', async () => {
    const watched = await watchedEnergy(desktop([ups()]));
    await watched.shows(desktop([ups({ onBattery: true, chargePercent: 80 })]), 20);
    const lost = ups({ onBattery: null, commLost: true, chargePercent: null, runtimeSeconds: null });
    expect(await watched.shows(desktop([lost]), 22)).toMatchObject({ level: 'CRITICAL' });
  });

  it('a laptop goes by its own battery', async () => {
    const watched = await watchedEnergy(laptop({ percent: 70, ac: true, ups: [ups()] }));
    await watched.shows(laptop({ percent: 70, ac: true, ups: [ups({ onBattery: true })] }), 20);
    const state = await watched.shows(
      laptop({ percent: 70, ac: true, ups: [silent({ onBattery: true })] }),
      60,
    );
    expect(state.level).toBe('HIGH');
  });

  it('silent from the start is UNKNOWN, never assumed on line', async () => {
    const never = ups({ onBattery: null, chargePercent: null, readAt: null, problem: 'connection refused' });
    const watched = await watchedEnergy(desktop([never]));
    await watched.clock.advanceMs(30_000);
    expect(watched.monitor.current().level).toBe('UNKNOWN');
  });
});
