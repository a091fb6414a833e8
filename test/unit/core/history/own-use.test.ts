import { expect, it } from 'vitest';

import { createOwnUse } from '../../../../core/history/own-use.ts';

it('is the share since the sample before, however often it was counted in between', () => {
  let [cpuUs, nowMs] = [5_000_000, 1_000];
  const use = createOwnUse({ cpuUs: () => cpuUs, memoryBytes: () => 101_500_000 }, () => nowMs);
  expect(use.take(use.count())).toEqual({ ownCpuPercent: null, ownMemoryMb: 101.5 });
  // A quiet half minute, and then rounds that follow each other closely and are not kept.
  [cpuUs, nowMs] = [cpuUs + 30_000, nowMs + 29_990];
  use.count();
  [cpuUs, nowMs] = [cpuUs + 30_000, nowMs + 10];
  use.count();
  expect(use.take(use.count()).ownCpuPercent).toBeCloseTo(0.2);
  expect(use.take(use.count()).ownCpuPercent).toBeNull();
});
