import { describe, expect, it } from 'vitest';

import { withoutPrivateScores } from '../../../../shared/consciousness/privacy.ts';
import { effectiveWellbeing } from '../../../../shared/consciousness/wellbeing.ts';
import { NOW_MS } from '../../../fakes/judged-project.ts';

const HOUR = 3_600_000;

describe('behaviour 22: well-being', () => {
  it('counts as set for 12 hours, then is neutral', () => {
    const set = { value: 20, setAtMs: NOW_MS, untilMs: null };
    expect(effectiveWellbeing(set, null, NOW_MS + 12 * HOUR - 1)).toBe(20);
    expect(effectiveWellbeing(set, null, NOW_MS + 12 * HOUR)).toBe(70);
    expect(effectiveWellbeing(null, null, NOW_MS)).toBe(70);
  });

  it('lapses when the person said', () => {
    const set = { value: 20, setAtMs: NOW_MS, untilMs: NOW_MS + HOUR };
    expect(effectiveWellbeing(set, null, NOW_MS + HOUR - 1)).toBe(20);
    expect(effectiveWellbeing(set, null, NOW_MS + HOUR)).toBe(70);
  });

  it('takes the word of the person over that of a report', () => {
    expect(effectiveWellbeing({ value: 20, setAtMs: NOW_MS, untilMs: null }, 90, NOW_MS)).toBe(20);
    expect(effectiveWellbeing(null, 65, NOW_MS)).toBe(65);
  });

  it('does not leave this machine', () => {
    expect(withoutPrivateScores({ integration: 70, wellbeing: 20 })).toEqual({ integration: 70 });
  });
});
