import { describe, expect, it } from 'vitest';

import {
  earlierMoment,
  rememberedScores,
  type ScorePast,
} from '../../../../shared/consciousness/score-history.ts';

const moment = (value: number | null) => ({ value, inputs: [] });
const over = (...days: readonly (readonly [day: string, value: number | null])[]) =>
  days.reduce<Readonly<Record<string, ScorePast>>>(
    (past, [day, value]) => rememberedScores(past, { stability: moment(value) }, day),
    {},
  )['stability'];

describe('the score history', () => {
  it('holds a score against the last value of the day before', () => {
    const past = over(['2026-01-04', 80], ['2026-01-04', 90], ['2026-01-05', 70], ['2026-01-05', 60]);
    expect(earlierMoment(past, '2026-01-05')?.value).toBe(90);
  });

  it('takes the last day there is, after a weekend away', () => {
    expect(earlierMoment(over(['2026-01-02', 80], ['2026-01-05', 70]), '2026-01-05')?.value).toBe(80);
    expect(earlierMoment(over(['2026-01-02', 80]), '2026-01-05')?.value).toBe(80);
  });

  it('forgets what is more than a week back, and never looks ahead', () => {
    expect(earlierMoment(over(['2025-12-28', 80], ['2026-01-05', 70]), '2026-01-05')).toBeNull();
    expect(earlierMoment(over(['2026-01-06', 80]), '2026-01-05')).toBeNull();
    expect(earlierMoment(over(['2026-01-05', 80]), '2026-01-05')).toBeNull();
    expect(earlierMoment(undefined, '2026-01-05')).toBeNull();
  });

  it('is the same one while nothing changes, so that nothing is written', () => {
    const now = (value: number) => ({
      stability: { value: 80, inputs: [{ name: 'incidents', value, weightPercent: 50 }] },
    });
    const past = rememberedScores({}, now(10), '2026-01-05');
    expect(rememberedScores(past, now(10), '2026-01-05')).toBe(past);
    expect(rememberedScores(past, now(11), '2026-01-05')).not.toBe(past);
    expect(rememberedScores(past, now(10), '2026-01-06')).not.toBe(past);
    expect(rememberedScores(past, {}, '2026-01-05')).toEqual({});
  });

  it('keeps what it knew where a score has no value', () => {
    const past = over(['2026-01-04', 80], ['2026-01-05', null]);
    expect(earlierMoment(past, '2026-01-05')?.value).toBe(80);
    expect(over(['2026-01-05', null])).toBeUndefined();
  });

  it('keeps two days and no more', () => {
    const past = over(['2026-01-02', 1], ['2026-01-03', 2], ['2026-01-04', 3]);
    expect([past?.earlier?.day, past?.today.day]).toEqual(['2026-01-03', '2026-01-04']);
  });
});
