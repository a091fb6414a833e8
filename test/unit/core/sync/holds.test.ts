import { expect, it } from 'vitest';

import { createHolds } from '../../../../core/sync/holds.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

it('keep what still holds, and forget what is over once there are more than ever wait', async () => {
  const clock = fakeClock();
  const holds = createHolds(clock, () => 0.5, 300_000);
  holds.hold('key first', 60_000);
  await clock.advanceMs(60_000);
  holds.hold('all', 90_000);
  for (let count = 0; count < 20_000; count += 1) holds.hold(`key ${count}`, 60_000);
  expect(holds.has('key first')).toBe(false);
  expect([holds.has('all'), holds.leftMs('key 0')]).toEqual([true, 60_000]);
});
