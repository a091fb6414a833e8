import { describe, expect, it } from 'vitest';

import { scoreChange, type ScoreMoment } from '../../../../shared/consciousness/score.ts';

const moment = (tests: number | null, services: number | null, value: number | null): ScoreMoment => ({
  value,
  inputs: [
    { name: 'tests', value: tests, weightPercent: 60 },
    { name: 'services', value: services, weightPercent: 40 },
  ],
});

describe('scoreChange', () => {
  it('names what moved the score most, in points of the score', () => {
    expect(scoreChange(moment(80, 80, 80), moment(70, 90, 78), 'mean')).toEqual({
      delta: -2,
      topMover: { name: 'tests', points: -6 },
    });
  });

  it('counts a loss whole', () => {
    expect(scoreChange(moment(100, 100, 100), moment(70, 100, 70), 'losses').topMover).toEqual({
      name: 'tests',
      points: -30,
    });
  });

  it('says nothing of a change from or to nothing', () => {
    expect(scoreChange(moment(null, 80, null), moment(70, 80, 74), 'mean')).toEqual({
      delta: null,
      topMover: null,
    });
    expect(scoreChange(moment(70, 90, 78), moment(70, 90, 78), 'mean')).toEqual({ delta: 0, topMover: null });
  });
});
