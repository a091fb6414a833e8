import { describe, expect, it } from 'vitest';

import { scoreChange, type ScoreMoment } from '../../../../shared/consciousness/score.ts';

const moment = (tests: number | null, services: number | null, value: number | null): ScoreMoment => ({
  value,
  inputs: [
    { name: 'tests', value: tests, weightPercent: 60 },
    { name: 'services', value: services, weightPercent: 40 },
  ],
});

const MEAN = { kind: 'mean', better: 'higher' } as const;

describe('scoreChange', () => {
  it('names what moved the score most, in points of the score', () => {
    expect(scoreChange(moment(80, 80, 80), moment(70, 90, 78), MEAN)).toEqual({
      delta: -2,
      topMover: { name: 'tests', points: -6 },
    });
  });

  it('counts a loss whole', () => {
    expect(
      scoreChange(moment(100, 100, 100), moment(70, 100, 70), { ...MEAN, kind: 'losses' }).topMover,
    ).toEqual({
      name: 'tests',
      points: -30,
    });
  });

  it('turns an input over where lower is better', () => {
    const { topMover } = scoreChange(moment(80, 80, 20), moment(70, 80, 26), { ...MEAN, better: 'lower' });
    expect(topMover).toEqual({ name: 'tests', points: 6 });
  });

  it('says nothing of a change from or to nothing', () => {
    expect(scoreChange(moment(null, 80, null), moment(70, 80, 74), MEAN)).toEqual({
      delta: null,
      topMover: null,
    });
    expect(scoreChange(moment(70, 90, 78), moment(70, 90, 78), MEAN)).toEqual({ delta: 0, topMover: null });
  });
});
