import { expect, test } from 'vitest';

import { createLoop } from '../../../core/loop.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

function counted(work: (run: number) => Promise<void> = () => Promise.resolve()) {
  const clock = fakeClock();
  const faults: unknown[] = [];
  const seen = { runs: 0, together: 0, most: 0 };
  const loop = createLoop({
    clock,
    intervalMs: () => 30_000,
    async work() {
      seen.runs += 1;
      seen.together += 1;
      seen.most = Math.max(seen.most, seen.together);
      try {
        await work(seen.runs);
      } finally {
        seen.together -= 1;
      }
    },
    onFault: (error) => faults.push(error),
  });
  return { clock, loop, seen, faults };
}

test('runs every interval, and at once when asked', async () => {
  const { clock, loop, seen } = counted();
  loop.start();
  await clock.advanceMs(90_000);
  expect(seen.runs).toBe(3);
  loop.request();
  await clock.advanceMs(0);
  expect(seen.runs).toBe(4);
  await loop.stop();
  await clock.advanceMs(90_000);
  expect(seen.runs).toBe(4);
});

test('a slow run is never overlapped; what came meanwhile is one more run', async () => {
  const gates: (() => void)[] = [];
  const { clock, loop, seen } = counted(() => new Promise((resolve) => gates.push(resolve)));
  loop.start();
  loop.request();
  await clock.advanceMs(100_000);
  loop.request();
  loop.request();
  expect(seen).toMatchObject({ runs: 1, most: 1 });
  gates[0]?.();
  await clock.advanceMs(0);
  expect(seen).toMatchObject({ runs: 2, most: 1 });
  gates[1]?.();
  await loop.stop();
});

test('a run that throws is told and does not stop the beat', async () => {
  const { clock, loop, seen, faults } = counted((run) =>
    run === 1 ? Promise.reject(new Error('first')) : Promise.resolve(),
  );
  loop.start();
  await clock.advanceMs(60_000);
  expect(seen.runs).toBe(2);
  expect(faults).toHaveLength(1);
  await loop.stop();
});

test('the wall clock jumping a day fires nothing', async () => {
  const { clock, loop, seen } = counted();
  loop.start();
  clock.jumpWallMs(86_400_000);
  await clock.advanceMs(29_000);
  expect(seen.runs).toBe(0);
  clock.jumpWallMs(-172_800_000);
  await clock.advanceMs(1_000);
  expect(seen.runs).toBe(1);
  await loop.stop();
});
