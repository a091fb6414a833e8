import { describe, expect, it } from 'vitest';

import { RECORD_INPUTS } from '../../../../shared/consciousness/evidence-inputs.ts';
import { measuredScore } from '../../../../shared/consciousness/measured-score.ts';
import { SCORE_FORMULAS } from '../../../../shared/consciousness/score-formulas.ts';
import {
  errorMeasurement,
  recordLoss,
  recordMeasurements,
  type RecordFacts,
} from '../../../../shared/consciousness/stability.ts';

const NOW_MS = Date.parse('2026-01-05T10:00:00Z');
const DAY_MS = 86_400_000;
const formula = SCORE_FORMULAS.find(({ score }) => score === 'stability')!;

const deployed = (daysAgo: number, result: 'ok' | 'failed' | 'rolled-back' | null = 'ok') => ({
  atMs: NOW_MS - daysAgo * DAY_MS,
  result,
});
const incident = (
  severity: 'minor' | 'major' | 'critical',
  daysAgo: number,
  closedDaysAgo: number | null = daysAgo,
) => ({
  severity,
  openedAtMs: NOW_MS - daysAgo * DAY_MS,
  closedAtMs: closedDaysAgo === null ? null : NOW_MS - closedDaysAgo * DAY_MS,
});
const record = (over: Partial<RecordFacts> = {}): RecordFacts => ({
  incidents: [],
  deployments: [deployed(1)],
  ...over,
});
const stability = (facts: RecordFacts | null): number | null =>
  measuredScore(formula, recordMeasurements(facts, NOW_MS), NOW_MS).value;

describe('stability from the record', () => {
  it.each<[string, RecordFacts, number]>([
    ['a calm week', record(), 100],
    ['a minor incident', record({ incidents: [incident('minor', 1)] }), 95],
    ['a major incident', record({ incidents: [incident('major', 1)] }), 85],
    ['a critical incident', record({ incidents: [incident('critical', 0, null)] }), 70],
    ['an incident of last week', record({ incidents: [incident('critical', 8)] }), 100],
    ['an incident open since last month', record({ incidents: [incident('critical', 29, null)] }), 70],
    ['a rollback', record({ deployments: [deployed(1, 'rolled-back')] }), 90],
    [
      'a deployment that failed and one that then passed',
      record({ deployments: [deployed(2, 'failed'), deployed(1)] }),
      95,
    ],
    ['a deployment that runs', record({ deployments: [deployed(0, null)] }), 100],
    [
      'all of it at once',
      record({
        incidents: [incident('critical', 1), incident('major', 1)],
        deployments: [deployed(1, 'rolled-back'), deployed(1, 'failed')],
      }),
      40,
    ],
    [
      'more than there is to lose',
      record({ incidents: Array.from({ length: 9 }, () => incident('critical', 1)) }),
      0,
    ],
  ])('%s', (_, facts, expected) => {
    expect(stability(facts)).toBe(expected);
  });

  it('takes a record that holds nothing for no evidence of calm', () => {
    expect(stability({ incidents: [], deployments: [] })).toBeNull();
    expect(stability(null)).toBeNull();
  });

  it('keeps the measures of a calm record fresh', () => {
    expect(measuredScore(formula, recordMeasurements(record(), NOW_MS), NOW_MS)).toMatchObject({
      confidence: 1,
      freshness: 'fresh',
    });
  });
});

describe('errorMeasurement', () => {
  it.each([
    [0, 100],
    [1, 100],
    [1.5, 90],
    [2, 80],
    [3, 60],
    [14.4, 60],
  ])('a burn rate of %f leaves %f', (rate, left) => {
    expect(errorMeasurement(rate, NOW_MS, 'prometheus').value).toBe(left);
  });

  it('has no value without enough events', () => {
    expect(errorMeasurement(null, NOW_MS, 'prometheus')).toMatchObject({ value: null });
  });
});

describe('recordLoss', () => {
  it('counts only what happened since, and names the worst', () => {
    const facts = record({ incidents: [incident('critical', 0.5, null), incident('minor', 0.1)] });
    const since = (sinceMs: number, counts = RECORD_INPUTS) => ({ sinceMs, nowMs: NOW_MS, counts });
    expect(recordLoss(facts, since(-Infinity))).toMatchObject({
      points: 35,
      why: 'critical incident 12 h ago',
    });
    expect(recordLoss(facts, since(NOW_MS - 0.2 * DAY_MS)).points).toBe(5);
    expect(recordLoss(null, since(-Infinity)).points).toBe(0);
    expect(recordLoss(facts, since(-Infinity, ['rollbacks'])).points).toBe(0);
  });
});
