import { describe, expect, it } from 'vitest';

import { laptop } from '../../fakes/power-readings.ts';
import { watchedEnergy } from '../../fakes/watched-energy.ts';
import type { BatteryState } from '../../../shared/contract/vocabulary.ts';

describe('behaviour 5: charge limit', () => {
  it.each([55, 60, 80, 99, 100])('"not charging" on AC at %i %% is FULL for an hour', async (percent) => {
    const watched = await watchedEnergy(laptop({ percent, ac: true, status: 'not-charging' }));
    await watched.clock.advanceMs(3_600_000);
    expect(watched.levels()).toEqual(['FULL']);
  });

  const ways: readonly [string, BatteryState, number | null][] = [
    ['"not charging"', 'not-charging', 0],
    ['"discharging" with 3 W', 'discharging', -3],
    ['"discharging" without a gauge', 'discharging', null],
  ];
  it.each(ways)(
    'a saw-tooth 80 -> 78 -> 80, %s on the way down, changes nothing',
    async (_, down, powerW) => {
      const watched = await watchedEnergy(laptop({ percent: 80, ac: true, status: 'not-charging' }));
      await watched.clock.advanceMs(60_000);
      for (let cycle = 0; cycle < 4; cycle += 1) {
        for (let percent = 80; percent >= 78; percent -= 0.25) {
          await watched.shows(laptop({ percent, ac: true, status: down, powerW }), 60);
        }
        for (let percent = 78; percent <= 80; percent += 0.5) {
          await watched.shows(laptop({ percent, ac: true, status: 'charging' }), 60);
        }
        await watched.shows(laptop({ percent: 80, ac: true, status: 'not-charging' }), 30);
      }
      expect(watched.changes).toHaveLength(1);
      expect(watched.kinds()).not.toContain('weak-charger');
    },
  );

  it('a machine that rests at its limit and is then out-drawn far under it has a weak charger', async () => {
    const watched = await watchedEnergy(laptop({ percent: 80, ac: true, status: 'not-charging' }));
    await watched.clock.advanceMs(60_000);
    for (let percent = 80; percent > 70; percent -= 0.5) {
      await watched.shows(laptop({ percent, ac: true, status: 'discharging', powerW: -9 }), 60);
    }
    expect(watched.monitor.current().level).toBe('HIGH');
    expect(watched.kinds()).toContain('weak-charger');
  });
});
