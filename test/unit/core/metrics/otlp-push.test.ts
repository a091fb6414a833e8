import { expect, test } from 'vitest';

import { createOtlpPush } from '../../../../core/metrics/otlp-push.ts';
import { otlpConfigSchema } from '../../../../shared/contract/metrics-config.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import { bareFacts } from './metric-readings.ts';

const CONFIG = otlpConfigSchema.parse({ url: 'http://127.0.0.1:4318/v1/metrics', intervalSeconds: 10 });

function pushing() {
  const clock = fakeClock();
  const lines: string[] = [];
  const seen = { loaded: 0, closed: 0, sentAtMs: [] as number[], fails: false };
  const push = createOtlpPush({
    clock,
    facts: () => bareFacts(),
    load: () => {
      seen.loaded += 1;
      return Promise.resolve({
        send: () => {
          seen.sentAtMs.push(clock.monotonicMs());
          return seen.fails ? Promise.reject(new Error('ECONNREFUSED')) : Promise.resolve();
        },
        close: () => {
          seen.closed += 1;
          return Promise.resolve();
        },
      });
    },
    onLine: (line) => lines.push(line),
  });
  return { clock, push, lines, seen };
}

test('nothing is loaded and no timer waits until it is told to send', async () => {
  const { clock, push, seen } = pushing();
  push.use(null);
  await clock.advanceMs(3_600_000);
  expect([seen.loaded, clock.pending()]).toEqual([0, 0]);
});

test('it sends at its interval, loads once and stops when told', async () => {
  const { clock, push, seen } = pushing();
  push.use(CONFIG);
  push.use({ ...CONFIG });
  await clock.advanceMs(30_000);
  expect([seen.loaded, seen.sentAtMs]).toEqual([1, [10_000, 20_000, 30_000]]);
  push.use(null);
  await clock.advanceMs(60_000);
  expect([seen.closed, seen.sentAtMs.length, clock.pending()]).toEqual([1, 3, 0]);
});

test('it tries less and less often while nobody answers, says so once, and recovers', async () => {
  const { clock, push, lines, seen } = pushing();
  seen.fails = true;
  push.use(CONFIG);
  await clock.advanceMs(10 * 3_600_000);
  const waits = seen.sentAtMs.map((atMs, index) => (atMs - (seen.sentAtMs[index - 1] ?? 0)) / 1000);
  expect(waits.slice(0, 7)).toEqual([10, 20, 40, 80, 160, 320, 320]);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^metrics do not arrive at 127\.0\.0\.1:4318: ECONNREFUSED;/);
  expect(push.problem()).toContain('ECONNREFUSED');
  seen.fails = false;
  await clock.advanceMs(320_000);
  expect(push.problem()).toBeNull();
  const count = seen.sentAtMs.length;
  await clock.advanceMs(20_000);
  expect(seen.sentAtMs.length).toBe(count + 2);
});

test('an interval of an hour never becomes longer', async () => {
  const { clock, push, seen } = pushing();
  seen.fails = true;
  push.use({ ...CONFIG, intervalSeconds: 3600 });
  await clock.advanceMs(5 * 3_600_000);
  expect(seen.sentAtMs).toHaveLength(5);
});
