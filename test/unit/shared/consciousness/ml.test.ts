import { describe, expect, it } from 'vitest';

import { computationLoad, mlMode, smoothedLoad } from '../../../../shared/consciousness/ml.ts';

describe('ml', () => {
  it.each([
    ['CRITICAL', 'EFFICIENT'],
    ['LOW', 'EFFICIENT'],
    ['MEDIUM', 'NORMAL'],
    ['FULL', 'NORMAL'],
    ['UNKNOWN', 'NORMAL'],
  ] as const)('is at %s %s', (level, mode) => {
    expect(mlMode(level)).toBe(mode);
  });

  it('takes the tightest resource for the load, and null where nothing is known', () => {
    expect(computationLoad({ cpuPercent: 20, memoryPercent: 60, gpuPercent: 95 })).toBe(95);
    expect(computationLoad({ cpuPercent: 20, memoryPercent: null, gpuPercent: null })).toBe(20);
    expect(computationLoad({ cpuPercent: null, memoryPercent: null, gpuPercent: null })).toBeNull();
    expect(computationLoad(null)).toBeNull();
  });

  it('smooths the load over a minute', () => {
    const samples = [
      { atMs: 0, loadPercent: 100 },
      { atMs: 30_000, loadPercent: 40 },
      { atMs: 60_000, loadPercent: 20 },
    ];
    expect(smoothedLoad(samples, 60_000)).toBeCloseTo(160 / 3);
    expect(smoothedLoad(samples, 61_000)).toBe(30);
    expect(smoothedLoad(samples, 500_000)).toBeNull();
  });
});
