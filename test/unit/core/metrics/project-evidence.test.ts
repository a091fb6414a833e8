import { describe, expect, it } from 'vitest';

import { projectEvidence } from '../../../../core/metrics/project-evidence.ts';
import { modelMeasurements } from '../../../../shared/consciousness/model-health.ts';
import { NOW_MS, report } from '../../../fakes/judged-project.ts';

const DAY_MS = 86_400_000;
const model = (atMs: number, baseline: Parameters<typeof modelMeasurements>[1] = null) =>
  modelMeasurements({ accuracy: 0.91, drift: 0.1, latencyMs: 50 }, baseline, { source: 'model.json', atMs });
const stated = (evidence: unknown, over: Parameters<typeof report>[0] = {}) =>
  projectEvidence({}, report({ fields: { evidence }, ...over }), NOW_MS);

describe('what is measured', () => {
  it('is shown as it is, with or without something to hold it against', () => {
    const found = projectEvidence(model(NOW_MS), null, NOW_MS);
    expect(found.accuracy).toEqual({ value: 0.91, provenance: 'measured' });
    expect(found.drift?.value).toBe(0.1);
    expect(found.latencySeconds?.value).toBe(0.05);
    expect(found.performanceRegression).toBeUndefined();
  });
  it('is a regression against its baseline', () => {
    const baseline = { accuracy: 0.9, drift: null, latencyMs: 40 };
    expect(projectEvidence(model(NOW_MS, baseline), null, NOW_MS).performanceRegression?.value).toBeCloseTo(
      0.25,
    );
  });
  it('is gone when it is too old for a score', () => {
    expect(projectEvidence(model(NOW_MS - 31 * DAY_MS), null, NOW_MS)).toEqual({});
  });
  it('wins over what a report states', () => {
    const told = report({ fields: { evidence: { accuracy: 0.5, satisfaction: 0.7 } } });
    const found = projectEvidence(model(NOW_MS), told, NOW_MS);
    expect([found.accuracy?.value, found.satisfaction]).toEqual([0.91, { value: 0.7, provenance: 'stated' }]);
  });
});

describe('what a report states', () => {
  it.each<[string, unknown, Record<string, number>]>([
    ['shares', { coverage: 0.83, satisfaction: 0.9 }, { testCoverage: 0.83, satisfaction: 0.9 }],
    ['percent where the name says so', { test_coverage_percent: 83 }, { testCoverage: 0.83 }],
    ['milliseconds', { inferenceLatencyMs: 120 }, { latencySeconds: 0.12 }],
    ['a regression either way', { performance_regression: -0.2 }, { performanceRegression: -0.2 }],
    ['no percent that calls itself a share', { accuracy: 91 }, {}],
    ['no text, no list, no infinity', { drift: '0.1', coverage: [1], satisfaction: Infinity }, {}],
    ['nothing about the person', { wellbeing: 0.4, mood: 0.2 }, {}],
    ['nothing from a list', [0.4], {}],
    ['nothing from text', 'all well', {}],
  ])('%s', (_, evidence, expected) => {
    const numbers = Object.entries(stated(evidence)).map(([name, found]) => [name, found.value]);
    expect(Object.fromEntries(numbers)).toEqual(expected);
  });
  it('may stand at the top, as in the flat form', () => {
    const flat = report({ form: 'flat', fields: { integration: 70, satisfaction: 0.8 } });
    expect(projectEvidence({}, flat, NOW_MS).satisfaction?.value).toBe(0.8);
  });
  it.each([25 * 3_600_000, -600_000])('is not believed %i ms after its date', (ageMs) => {
    expect(stated({ satisfaction: 0.8 }, { generatedAtMs: NOW_MS - ageMs })).toEqual({});
  });
});
