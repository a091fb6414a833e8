import { expect, test } from 'vitest';

import { gauge, type Sample } from '../../../../core/metrics/metric.ts';
import { bareFacts, samplesOf } from './metric-readings.ts';

const metric = (samples: readonly Sample[], most = 3) =>
  gauge({ name: 'orch_x', help: 'X', labels: ['of'], most, read: () => samples });
const read = (
  samples: readonly Sample[],
  most?: number,
): readonly [readonly Sample[], number | undefined] => {
  const metrics = [metric(samples, most)];
  return [
    samplesOf('orch_x', bareFacts(), metrics),
    samplesOf('orch_metrics_left_out', bareFacts(), metrics)[0]?.value,
  ];
};

test('no metric has more lines than its limit, and what is left out is counted', () => {
  const many = Array.from({ length: 10 }, (_, index) => ({ labels: { of: `p${index}` }, value: index }));
  const [kept, leftOut] = read(many);
  expect(kept.map(({ labels }) => labels['of'])).toEqual(['p0', 'p1', 'p2']);
  expect(leftOut).toBe(7);
});

test.each([NaN, Infinity, -Infinity])('%s is no number to show', (value) => {
  expect(read([{ labels: { of: 'a' }, value }])).toEqual([[], 1]);
});

test('two samples never share their labels: one broken line would make Prometheus refuse all', () => {
  const [kept, leftOut] = read([
    { labels: { of: 'a' }, value: 1 },
    { labels: { of: 'a' }, value: 2 },
  ]);
  expect(kept).toEqual([{ labels: { of: 'a' }, value: 1 }]);
  expect(leftOut).toBe(1);
});

test('labels from outside are one short line, and only those that were declared', () => {
  const [kept] = read([{ labels: { of: `a\n"b" \u202e${'c'.repeat(200)}`, more: 'x' }, value: 1 }]);
  expect(Object.keys(kept[0]?.labels ?? {})).toEqual(['of']);
  expect(kept[0]?.labels['of']).toMatch(/^a\\u000a"b" \\u202ec+…$/);
});
