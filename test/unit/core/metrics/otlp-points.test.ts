import { ValueType } from '@opentelemetry/api';
import { AggregationTemporality, DataPointType } from '@opentelemetry/sdk-metrics';
import { expect, test } from 'vitest';

import { counter, gauge, histogram } from '../../../../core/metrics/metric.ts';
import { createOtlpPoints } from '../../../../core/metrics/otlp-points.ts';
import { readMetrics } from '../../../../core/metrics/read-metrics.ts';
import { bareFacts } from './metric-readings.ts';

const WORDS = { temporality: AggregationTemporality, point: DataPointType, value: ValueType };
const START_MS = 1_000_000;

/** Numbers that change between sendings, and what is sent of them. */
function sender(temporality: 'cumulative' | 'delta') {
  const now = { run: 0, record: 100, gauge: 5, counts: [0, 0], atMs: START_MS };
  const metrics = [
    counter({ name: 'orch_a_total', help: 'A', since: 'run', read: () => [{ labels: {}, value: now.run }] }),
    counter({
      name: 'orch_b_total',
      help: 'B',
      since: 'record',
      read: () => [{ labels: {}, value: now.record }],
    }),
    gauge({ name: 'orch_c', help: 'C', read: () => [{ labels: {}, value: now.gauge }] }),
    histogram({
      name: 'orch_d_seconds',
      help: 'D',
      read: () => ({ bounds: [1], counts: now.counts, sum: now.counts[1] ?? 0 }),
    }),
  ];
  const points = createOtlpPoints(WORDS, temporality, START_MS);
  return (change: Partial<typeof now>, arrives = true) => {
    Object.assign(now, change);
    const { metrics: data, sent } = points.points(readMetrics(bareFacts(), metrics), now.atMs);
    if (arrives) sent();
    const values = data.slice(0, 3).map(({ dataPoints }) => dataPoints[0]?.value);
    const value = data[3]?.dataPoints[0]?.value as { buckets: { counts: number[] }; count: number };
    return {
      values,
      counts: value.buckets.counts,
      count: value.count,
      startS: data[0]?.dataPoints[0]?.startTime[0],
      temporality: data[0]?.aggregationTemporality,
    };
  };
}

test('cumulative: all since the start of this run, what was recorded before it left out', () => {
  const send = sender('cumulative');
  expect(send({ run: 3, counts: [2, 1] }).values).toEqual([3, 0, 5]);
  expect(send({ run: 7, record: 104, gauge: 6, counts: [2, 4], atMs: START_MS + 60_000 })).toEqual({
    values: [7, 4, 6],
    counts: [2, 4],
    count: 6,
    startS: START_MS / 1000,
    temporality: AggregationTemporality.CUMULATIVE,
  });
});

test('delta: what came since it last arrived, with the instant of that', () => {
  const send = sender('delta');
  expect(send({ run: 3, counts: [2, 1], atMs: START_MS + 60_000 }).values).toEqual([3, 0, 5]);
  expect(send({ run: 7, record: 104, gauge: 6, counts: [2, 4], atMs: START_MS + 120_000 })).toEqual({
    values: [4, 4, 6],
    counts: [0, 3],
    count: 3,
    startS: START_MS / 1000 + 60,
    temporality: AggregationTemporality.DELTA,
  });
});

test('delta: what did not arrive is sent with the next', () => {
  const send = sender('delta');
  send({ run: 3 });
  send({ run: 5, record: 101 }, false);
  expect(send({ run: 6, record: 102 }).values.slice(0, 2)).toEqual([3, 2]);
});
