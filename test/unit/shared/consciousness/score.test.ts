import { describe, expect, it } from 'vitest';

import { scoreChange, weightedScore } from '../../../../shared/consciousness/score.ts';

const score = (code: number | null, services: number | null) =>
  weightedScore([
    { name: 'code', value: code, weight: 60 },
    { name: 'services', value: services, weight: 40 },
  ]);

describe('weightedScore', () => {
  it('keeps a score at exactly 60 % of the weight, and none below', () => {
    expect(score(50, null)).toMatchObject({ value: 50, confidence: 0.6 });
    expect(score(null, 50)).toMatchObject({ value: null, confidence: 0.4 });
  });

  it('has no confidence without parts', () => {
    expect(weightedScore([])).toMatchObject({ value: null, confidence: 0 });
  });

  it('keeps parts within 0 and 100', () => {
    expect(score(130, -5).value).toBe(60);
  });
});

describe('scoreChange', () => {
  it('behaviour 20: shows the delta and what moved the score most', () => {
    const change = scoreChange(score(80, 80), score(70, 90));
    expect(change.delta).toBeCloseTo(-2);
    expect(change.topMover?.name).toBe('code');
    expect(change.topMover?.points).toBeCloseTo(-6);
  });

  it('has no delta where either score has no value, and no mover where nothing moved', () => {
    expect(scoreChange(score(null, 80), score(70, 90)).delta).toBeNull();
    expect(scoreChange(score(70, 90), score(70, 90))).toEqual({ delta: 0, topMover: null });
  });
});
