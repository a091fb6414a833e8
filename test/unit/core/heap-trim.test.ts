import { expect, it } from 'vitest';

import { keepHeapTrim, ownCollector } from '../../../core/heap-trim.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

it('collects once the start is over, then every half hour, until it is ended', async () => {
  const clock = fakeClock();
  let collected = 0;
  const end = keepHeapTrim(clock, () => (collected += 1));
  await clock.advanceMs(19_000);
  expect(collected).toBe(0);
  await clock.advanceMs(1_000);
  expect(collected).toBe(1);
  await clock.advanceMs(60 * 60_000);
  expect(collected).toBe(3);
  end();
  await clock.advanceMs(60 * 60_000);
  expect(collected).toBe(3);
});

it('makes the heap of this process smaller', () => {
  const collect = ownCollector();
  if (collect === null) throw new Error('this runtime has no collector to call');
  const filled = (): number => {
    const ballast = Array.from({ length: 2000 }, () => new Array<number>(1000).fill(1.5));
    return process.memoryUsage().heapUsed + ballast.length - 2000;
  };
  const withBallast = filled();
  collect();
  expect(process.memoryUsage().heapUsed).toBeLessThan(withBallast - 8_000_000);
});
