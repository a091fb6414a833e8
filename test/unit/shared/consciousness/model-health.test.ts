import { describe, expect, it } from 'vitest';

import { modelMeasurements, type ModelMetrics } from '../../../../shared/consciousness/model-health.ts';

const NOW_MS = Date.parse('2026-01-05T10:00:00Z');
const metrics = (over: Partial<ModelMetrics> = {}): ModelMetrics => ({
  accuracy: 0.9,
  drift: 0.1,
  latencyMs: 40,
  ...over,
});
const values = (model: ModelMetrics, baseline: ModelMetrics | null = metrics()) => {
  const { accuracy, drift, latency } = modelMeasurements(model, baseline, {
    source: 'model.json',
    atMs: NOW_MS,
  });
  return [accuracy?.value, drift?.value, latency?.value].map((value) =>
    typeof value === 'number' ? Math.round(value * 100) / 100 : value,
  );
};

describe('modelMeasurements', () => {
  it.each<[string, Partial<ModelMetrics>, (number | null)[]]>([
    ['at the baseline', {}, [100, 90, 100]],
    ['better than it', { accuracy: 0.95, drift: 0, latencyMs: 10 }, [100, 100, 100]],
    ['4 points of accuracy lost', { accuracy: 0.86 }, [80, 90, 100]],
    ['20 points lost', { accuracy: 0.7 }, [0, 90, 100]],
    ['more than that', { accuracy: 0.1 }, [0, 90, 100]],
    ['all drifted', { drift: 1 }, [100, 0, 100]],
    ['twice as slow', { latencyMs: 80 }, [100, 90, 50]],
    ['three times as slow and more', { latencyMs: 500 }, [100, 90, 0]],
    ['without accuracy', { accuracy: null }, [null, 90, 100]],
  ])('%s', (_, over, expected) => {
    expect(values(metrics(over))).toEqual(expected);
  });

  it('judges accuracy and latency only against something', () => {
    expect(values(metrics(), null)).toEqual([null, 90, null]);
    expect(values(metrics(), metrics({ latencyMs: 0 }))).toEqual([100, 90, null]);
    expect(modelMeasurements(metrics(), null, { source: 'm', atMs: NOW_MS }).accuracy?.problem).toContain(
      'baseline',
    );
  });
});
