import { SCORE_NEED_PATTERN } from '../contract/vocabulary.ts';

/** What a score must be, 0..100. */
export interface ScoreNeed {
  readonly needs: 'above' | 'at-least' | 'below' | 'at-most';
  readonly limit: number;
}

const WORDS = { above: 'above', 'at least': 'at-least', below: 'below', 'at most': 'at-most' } as const;

/** "at least 70" -> the need; null for any other text. */
export function scoreNeed(text: string): ScoreNeed | null {
  const [, words, limit] = SCORE_NEED_PATTERN.exec(text) ?? [];
  return words === undefined ? null : { needs: WORDS[words as keyof typeof WORDS], limit: Number(limit) };
}

/** False where the score falls short of the need. */
export function meetsNeed(value: number, { needs, limit }: ScoreNeed): boolean {
  switch (needs) {
    case 'above':
      return value > limit;
    case 'at-least':
      return value >= limit;
    case 'below':
      return value < limit;
    case 'at-most':
      return value <= limit;
  }
}

export function isSameNeed(one: ScoreNeed | null, other: ScoreNeed | null): boolean {
  return one?.needs === other?.needs && one?.limit === other?.limit;
}
