import { describe, expect, it } from 'vitest';

import { parseModelMetrics } from '../../../../core/evidence/model-metrics.ts';

describe('parseModelMetrics', () => {
  it('reads the metrics, the time and a baseline inside', () => {
    const text = JSON.stringify({
      accuracy: 0.91,
      drift: 0.08,
      latencyMs: 42,
      generatedAt: '2026-01-05T10:00:00Z',
      baseline: { accuracy: 0.92, latency_ms: 40 },
      f1: 0.9,
    });
    expect(parseModelMetrics(text)).toEqual({
      model: { accuracy: 0.91, drift: 0.08, latencyMs: 42 },
      baseline: { accuracy: 0.92, drift: null, latencyMs: 40 },
      generatedAtMs: Date.parse('2026-01-05T10:00:00Z'),
    });
  });

  it('keeps what is not stated apart from zero', () => {
    expect(parseModelMetrics('{"drift": 0}')).toEqual({
      model: { accuracy: null, drift: 0, latencyMs: null },
      baseline: null,
      generatedAtMs: null,
    });
    expect(parseModelMetrics('{"drift": 0, "accuracy": null}').model.accuracy).toBeNull();
  });

  it.each([
    ['', ':1:1 the file is empty'],
    ['{"accuracy": 0.9', 'the file ends'],
    ['{"accuracy": 0.9, "accuracy": 0.1}', '"accuracy" is given twice'],
    ['{}', ':1 holds none of accuracy, drift and latencyMs'],
    ['{"model": {"accuracy": 0.9}}', ':1 holds none of'],
    ['{\n"accuracy": "0.9"}', ':2 accuracy: "0.9" is text; a number from 0 to 1'],
    ['{"accuracy": 91}', ':1 accuracy: 91 is given; a number from 0 to 1'],
    ['{"accuracy": true}', 'accuracy: true is given'],
    ['{"drift": -0.1}', 'drift: -0.1 is given'],
    ['{"latencyMs": -1}', 'latencyMs: -1 is given'],
    ['{"latency_ms": 1e300}', 'latency_ms: 1e+300 is given'],
    ['{"accuracy": NaN}', ':1:14 "NaN" stands where'],
    ['{"drift": 0,\n"baseline": [1]}', ':2 baseline: is a list; an object'],
    ['{"drift": 0,\n"baseline": {\n"accuracy": 2}}', ':3 baseline.accuracy: 2 is given'],
    ['{"drift": 0, "generatedAt": "yesterday"}', 'generatedAt: "yesterday" is text; an instant'],
    ['{"drift": 0, "generatedAt": 17}', 'generatedAt: 17 is given; an instant'],
    ['['.repeat(40), ':1:'],
  ])('refuses %j', (text, message) => {
    expect(() => parseModelMetrics(text)).toThrow(message);
  });

  it('lets no field reach a prototype', () => {
    expect(() => parseModelMetrics('{"__proto__": {"accuracy": 0.9}}')).toThrow('holds none of');
  });
});
