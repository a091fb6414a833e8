import { describe, expect, it } from 'vitest';

import { CHANGE_TYPES, VERDICTS } from '../../../../shared/contract/vocabulary.ts';
import { levelPhrase, VERDICT_WORDS, verdictPhrase } from '../../../../shared/view/verdict-words.ts';

describe('verdict words', () => {
  it.each([
    ['feature', 'block', 'features wait'],
    ['fix', 'allow', 'fixes go'],
    ['safe', 'throttle', 'safe changes need review'],
    ['experiment', 'unknown', 'experiments unclear'],
    ['infra', 'block', 'infrastructure waits'],
    ['infra', 'allow', 'infrastructure goes'],
    ['infra', 'throttle', 'infrastructure needs review'],
  ] as const)('%s with %s reads "%s"', (change, verdict, phrase) => {
    expect(verdictPhrase(change, verdict)).toBe(phrase);
  });

  it('never says the same of two verdicts', () => {
    for (const change of CHANGE_TYPES) {
      expect(new Set(VERDICTS.map((verdict) => verdictPhrase(change, verdict))).size).toBe(VERDICTS.length);
    }
  });

  it('tells verdicts apart by shape alone', () => {
    expect(new Set(VERDICTS.map((verdict) => VERDICT_WORDS[verdict].glyph)).size).toBe(VERDICTS.length);
    expect(new Set(VERDICTS.map((verdict) => VERDICT_WORDS[verdict].character)).size).toBe(VERDICTS.length);
  });

  it('names the level first', () => {
    expect(levelPhrase('LOW', 'feature', 'block')).toBe('LOW, features wait');
  });
});
