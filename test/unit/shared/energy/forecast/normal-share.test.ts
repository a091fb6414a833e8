import { expect, it } from 'vitest';

import { normalShareBelow } from '../../../../../shared/energy/forecast/normal-share.ts';

it.each([
  [0, 0.5],
  [1.2816, 0.9],
  [-1.2816, 0.1],
  [3, 0.99865],
  [-40, 0],
  [40, 1],
])('the share of a standard normal below %s is %s', (z, share) => {
  expect(normalShareBelow(z)).toBeCloseTo(share, 4);
});
