import { describe, expect, it } from 'vitest';

import { judgeFreshness, sameCommit, spanText } from '../../../../shared/consciousness/freshness.ts';
import { NOW_MS, report } from '../../../fakes/judged-project.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const context = { nowMs: NOW_MS, headCommit: null, isLastGood: false };
const aged = (ageMs: number) => judgeFreshness(report({ generatedAtMs: NOW_MS - ageMs }), context);

describe('behaviour 18: freshness of a report', () => {
  it.each([
    [0, 'fresh'],
    [15 * MINUTE, 'fresh'],
    [15 * MINUTE + 1, 'amber'],
    [60 * MINUTE, 'amber'],
    [60 * MINUTE + 1, 'stale'],
    [24 * HOUR, 'stale'],
    [24 * HOUR + 1, 'missing'],
    [-5 * MINUTE, 'fresh'],
    [-5 * MINUTE - 1, 'clock-wrong'],
    [-HOUR, 'clock-wrong'],
  ])('%d ms old is %s', (ageMs, freshness) => {
    expect(aged(ageMs).freshness).toBe(freshness);
  });

  it('says how old it is, and never a negative age', () => {
    expect(aged(3 * HOUR).why).toBe('report 3 h old');
    expect(aged(-HOUR)).toMatchObject({ why: 'report dated 60 min in the future', ageSeconds: 0 });
    expect(aged(0).why).toBeNull();
    expect(judgeFreshness(null, context)).toEqual({
      freshness: 'missing',
      ageSeconds: null,
      why: 'no report',
    });
  });

  it('is amber at once when the report is about another commit', () => {
    const written = report({ commit: '3f2a9c1d00000000000000000000000000000000' });
    const judge = (headCommit: string | null) =>
      judgeFreshness(written, { ...context, headCommit }).freshness;
    expect(judge('a'.repeat(40))).toBe('amber');
    expect(judge(written.commit)).toBe('fresh');
    expect(judge(null)).toBe('fresh');
  });

  it('is stale when it is only the last good one, however young', () => {
    expect(judgeFreshness(report(), { ...context, isLastGood: true }).freshness).toBe('stale');
  });
});

describe('sameCommit', () => {
  it.each([
    ['3f2a9c1', '3f2a9c1d0000', true],
    ['3F2A9C1', '3f2a9c1d0000', true],
    ['3f2a9c1d0000', '3f2a9c1', true],
    ['3f2a9c2', '3f2a9c1d0000', false],
    ['3f2a', '3f2a9c1d0000', false],
    ['', '3f2a9c1d0000', false],
    [null, '3f2a9c1d0000', true],
  ])('%s and %s: %s', (reported, head, same) => {
    expect(sameCommit(reported, head)).toBe(same);
  });
});

describe('spanText', () => {
  it.each([
    [59 * SECOND, '59 s'],
    [119 * MINUTE, '119 min'],
    [2 * HOUR, '2 h'],
    [49 * HOUR, '2 days'],
  ])('%d ms is %s', (ms, text) => {
    expect(spanText(ms)).toBe(text);
  });
});
