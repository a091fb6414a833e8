import { describe, expect, it } from 'vitest';

import { createRequestLimits } from '../../../../core/sync/request-limits.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

const RULES = [{ count: 3, windowMs: 60_000 }];

function memory(): { value(key: string): string | null; setValue(key: string, value: string): void } {
  const values = new Map<string, string>();
  return { value: (key) => values.get(key) ?? null, setValue: (key, value) => void values.set(key, value) };
}

describe('request limits', () => {
  it('let no stretch of a minute hold more than agreed', async () => {
    const clock = fakeClock();
    const limits = createRequestLimits(clock, memory(), 'x', () => RULES);
    const at: number[] = [];
    for (let second = 0; second < 600; second += 1) {
      if (limits.take('write') === 0) at.push(clock.monotonicMs());
      await clock.advanceMs(1_000);
    }
    expect(at.length).toBeGreaterThanOrEqual(30);
    for (const [index, ms] of at.entries())
      expect((at[index + 3] ?? Infinity) - ms).toBeGreaterThanOrEqual(60_000);
  });

  it('say how long to wait, group by group', async () => {
    const clock = fakeClock();
    const limits = createRequestLimits(clock, memory(), 'x', () => RULES);
    for (let count = 0; count < 3; count += 1) limits.take('write');
    await clock.advanceMs(20_000);
    expect(limits.waitMs('write')).toBe(40_000);
    expect(limits.take('write')).toBe(40_000);
    expect(limits.waitMs('read')).toBe(0);
  });

  it('remember over a restart, and distrust a clock that was set back', async () => {
    const clock = fakeClock();
    const store = memory();
    const first = createRequestLimits(clock, store, 'x', () => RULES);
    for (let count = 0; count < 3; count += 1) first.take('write');
    await clock.advanceMs(10_000);
    expect(createRequestLimits(clock, store, 'x', () => RULES).waitMs('write')).toBe(50_000);
    clock.jumpWallMs(-3_600_000);
    expect(createRequestLimits(clock, store, 'x', () => RULES).waitMs('write')).toBe(60_000);
  });

  it('count a day by the wall clock, through sleep', () => {
    const clock = fakeClock();
    const limits = createRequestLimits(clock, memory(), 'x', () => [{ count: 1, windowMs: 86_400_000 }]);
    expect(limits.take('create')).toBe(0);
    clock.sleepMs(86_000_000);
    expect(limits.waitMs('create')).toBe(400_000);
    clock.sleepMs(500_000);
    expect(limits.take('create')).toBe(0);
  });

  it('let nothing through with a budget of none', () => {
    const limits = createRequestLimits(fakeClock(), memory(), 'x', () => [{ count: 0, windowMs: 1000 }]);
    expect(limits.take('create')).toBe(1000);
  });
});
