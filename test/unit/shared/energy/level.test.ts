import { describe, expect, it } from 'vitest';

import { levelOfPercent, levelValue, lowerLevel } from '../../../../shared/energy/level.ts';

describe('levelOfPercent', () => {
  it.each([
    [0, 'CRITICAL'],
    [4.99, 'CRITICAL'],
    [5, 'LOW'],
    [19.99, 'LOW'],
    [20, 'MEDIUM'],
    [60, 'MEDIUM'],
    [60.01, 'HIGH'],
    [100, 'HIGH'],
  ])('%d %% is %s', (percent, level) => {
    expect(levelOfPercent(percent)).toBe(level);
  });
});

it('numbers the levels from 0 to 4, and UNKNOWN not at all', () => {
  expect((['CRITICAL', 'LOW', 'MEDIUM', 'HIGH', 'FULL', 'UNKNOWN'] as const).map(levelValue)).toEqual([
    0,
    1,
    2,
    3,
    4,
    null,
  ]);
});

it('takes the lower of two levels', () => {
  expect(lowerLevel('HIGH', 'LOW')).toBe('LOW');
  expect(lowerLevel('CRITICAL', 'LOW')).toBe('CRITICAL');
});
