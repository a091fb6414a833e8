import { expect, test } from 'vitest';

import { createLoopPulse } from '../../../../core/metrics/loop-pulse.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

test('rounds are counted with how long they took', async () => {
  const clock = fakeClock();
  const pulse = createLoopPulse(clock);
  expect(pulse.counts()).toMatchObject({ ticks: 0, lastTickAtMs: null });
  for (const ms of [3, 30, 9000]) {
    pulse.began();
    await clock.advanceMs(ms);
    pulse.ended();
  }
  const { ticks, tickDurations, lastTickAtMs } = pulse.counts();
  expect([ticks, lastTickAtMs]).toEqual([3, clock.wallMs()]);
  expect(tickDurations.sum).toBeCloseTo(9.033);
  const upTo = (bound: number): number =>
    tickDurations.counts.slice(0, tickDurations.bounds.indexOf(bound) + 1).reduce((a, b) => a + b, 0);
  expect([upTo(0.0025), upTo(0.005), upTo(0.05), upTo(5)]).toEqual([0, 1, 2, 2]);
  expect(tickDurations.counts.at(-1)).toBe(1);
});

test('a round that never ended is no tick', async () => {
  const clock = fakeClock();
  const pulse = createLoopPulse(clock);
  pulse.began();
  await clock.advanceMs(60_000);
  pulse.began();
  await clock.advanceMs(10);
  pulse.ended();
  pulse.fault();
  const { ticks, tickDurations, faults } = pulse.counts();
  expect([ticks, faults]).toEqual([1, 1]);
  expect(tickDurations.sum).toBeCloseTo(0.01);
});
