import { describe, expect, it } from 'vitest';

import { stabilityScore } from '../../../../shared/consciousness/stability.ts';

const calm = {
  incidents: { minor: 0, major: 0, critical: 0 },
  rollbacks: 0,
  failedDeployments: 0,
  errorBurnRate: 0,
};

describe('stabilityScore', () => {
  it('is 100 in a calm week', () => {
    expect(stabilityScore(calm)).toMatchObject({ value: 100, confidence: 1 });
  });

  it('falls with each thing that goes wrong, and not below 0', () => {
    const worse = [
      stabilityScore(calm),
      stabilityScore({ ...calm, incidents: { minor: 1, major: 0, critical: 0 } }),
      stabilityScore({ ...calm, incidents: { minor: 0, major: 1, critical: 0 } }),
      stabilityScore({ ...calm, incidents: { minor: 0, major: 0, critical: 1 } }),
      stabilityScore({ ...calm, incidents: { minor: 0, major: 0, critical: 9 } }),
    ].map(({ value }) => value ?? -1);
    expect(worse).toEqual([...worse].sort((a, b) => b - a));
    expect(new Set(worse).size).toBe(worse.length);
    expect(worse.at(-1)).toBe(0);
    expect(stabilityScore({ ...calm, rollbacks: 2 }).value).toBeLessThan(100);
    expect(stabilityScore({ ...calm, errorBurnRate: 1 }).value).toBe(100);
    expect(stabilityScore({ ...calm, errorBurnRate: 1.5 }).value).toBeLessThan(100);
  });

  it('costs confidence, not points, where the record is missing', () => {
    expect(stabilityScore({ ...calm, errorBurnRate: null })).toMatchObject({ value: 100, confidence: 0.8 });
    expect(stabilityScore({ ...calm, incidents: null, errorBurnRate: null }).value).toBeNull();
  });
});
