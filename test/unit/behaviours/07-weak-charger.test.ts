import { describe, expect, it } from 'vitest';

import { laptop } from '../../fakes/power-readings.ts';
import { watchedEnergy } from '../../fakes/watched-energy.ts';
import type { WatchedEnergy } from '../../fakes/watched-energy.ts';

const outdrawn = (percent: number, powerW: number | null = -9) =>
  laptop({ percent, ac: true, status: 'discharging', powerW });

/** Falls by so many points a minute for so many seconds. */
async function drains(
  watched: WatchedEnergy,
  from: number,
  perMinute: number,
  seconds: number,
): Promise<number> {
  let percent = from;
  for (let at = 0; at < seconds; at += 2) {
    percent = from - (perMinute * at) / 60;
    await watched.shows(outdrawn(percent), 2);
  }
  return percent;
}

describe('behaviour 7: weak charger', () => {
  it('1 point lost over 30 s or more: the level goes by percent and says why', async () => {
    const watched = await watchedEnergy(laptop({ percent: 50, ac: true }));
    await watched.clock.advanceMs(60_000);
    await drains(watched, 50, 2, 28);
    expect(watched.monitor.current().level).toBe('FULL');
    await drains(watched, 49, 2, 10);
    expect(watched.monitor.current()).toMatchObject({ level: 'MEDIUM', onExternalPower: true });
    expect(watched.monitor.current().why).toMatch(/charger too weak.*9\.0 W/);
  });

  it('3 minutes of drain, without a point lost', async () => {
    const watched = await watchedEnergy(laptop({ percent: 50, ac: true }));
    await watched.shows(outdrawn(50), 178);
    expect(watched.monitor.current().level).toBe('FULL');
    expect(await watched.shows(outdrawn(50), 10)).toMatchObject({ level: 'MEDIUM' });
  });

  it('the first 5 s after plugging in never count', async () => {
    const watched = await watchedEnergy(laptop({ percent: 50 }));
    await watched.shows(outdrawn(48), 4);
    await watched.shows(laptop({ percent: 46, ac: true }), 300);
    expect(watched.monitor.current().level).toBe('FULL');
    expect(watched.kinds()).not.toContain('weak-charger');
  });

  it('a gauge that says "charging" while the charge falls is not believed', async () => {
    const watched = await watchedEnergy(laptop({ percent: 45, ac: true }));
    for (let percent = 45; percent > 41; percent -= 0.1) {
      await watched.shows(laptop({ percent, ac: true, status: 'charging', powerW: 5 }), 10);
    }
    expect(watched.monitor.current().level).toBe('MEDIUM');
    expect(watched.kinds().filter((kind) => kind === 'weak-charger')).toHaveLength(1);
    expect(watched.kinds()).not.toContain('charger-recovered');
  });

  it('says it once, however long it lasts, and falls on with the charge', async () => {
    const watched = await watchedEnergy(outdrawn(23));
    await drains(watched, 23, 0.3, 1_800);
    expect(watched.kinds().filter((kind) => kind === 'weak-charger')).toHaveLength(1);
    expect(watched.levels()).toEqual(['FULL', 'MEDIUM', 'LOW']);
  });

  it('clears after 3 minutes of net charge, not before', async () => {
    const watched = await watchedEnergy(outdrawn(50));
    await drains(watched, 50, 2, 60);
    expect(watched.monitor.current().level).toBe('MEDIUM');
    expect(await watched.shows(laptop({ percent: 48, ac: true }), 176)).toMatchObject({ level: 'MEDIUM' });
    expect(await watched.shows(laptop({ percent: 48.2, ac: true }), 10)).toMatchObject({ level: 'FULL' });
    expect(watched.kinds()).toContain('charger-recovered');
  });

  it('rises only 3 points past the border, held for 60 s', async () => {
    const watched = await watchedEnergy(outdrawn(19));
    await drains(watched, 19, 2, 60);
    expect(watched.monitor.current().level).toBe('LOW');
    const wavers = async (percent: number, seconds: number) => {
      for (let at = 0; at < seconds; at += 10) {
        await watched.shows(laptop({ percent, ac: true }), 8);
        await watched.shows(outdrawn(percent), 2);
      }
    };
    await wavers(22.9, 120);
    expect(watched.monitor.current().level).toBe('LOW');
    await watched.shows(laptop({ percent: 23.1, ac: true }), 50);
    expect(watched.monitor.current().level).toBe('LOW');
    expect(await watched.shows(laptop({ percent: 23.2, ac: true }), 14)).toMatchObject({ level: 'MEDIUM' });
  });

  it('a pulled cord ends it: by percent as before, without a rise', async () => {
    const watched = await watchedEnergy(outdrawn(21));
    await drains(watched, 21, 2, 90);
    expect(watched.monitor.current().level).toBe('LOW');
    expect(await watched.shows(laptop({ percent: 20.5 }), 60)).toMatchObject({
      level: 'LOW',
      onExternalPower: false,
    });
  });
});
