/** What a score must be, 0..100. */
export interface ScoreNeed {
  readonly needs: 'above' | 'at-least' | 'below' | 'at-most';
  readonly limit: number;
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

/** Whether higher is better, by the way a need is put. */
export function wantsHigher({ needs }: ScoreNeed): boolean {
  return needs === 'above' || needs === 'at-least';
}
