import { describe, expect, it } from 'vitest';

import { backOffMs } from '../../../../shared/sync/back-off.ts';

describe('the wait before another try', () => {
  it('spreads over a range that doubles up to the longest', () => {
    const most = [1, 2, 3, 4, 9, 10, 2000].map((count) => backOffMs(count, null, 1, 300_000));
    expect(most).toEqual([1_000, 2_000, 4_000, 8_000, 256_000, 300_000, 300_000]);
    expect(backOffMs(9, null, 0.5, 300_000)).toBe(128_000);
    expect(backOffMs(9, null, 0, 300_000)).toBe(1_000);
  });

  it('is what was asked for, between a second and an hour', () => {
    expect(backOffMs(1, 42_000, 0.1, 60_000)).toBe(42_000);
    expect(backOffMs(1, 0, 0.1, 60_000)).toBe(1_000);
    expect(backOffMs(1, 9e9, 0.1, 60_000)).toBe(3_600_000);
  });
});
