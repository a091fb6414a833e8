import type { HealthMode } from '../contract/vocabulary.ts';

/** Domain 1.2, business: the scores and what share of the confidence each carries. */
export const BUSINESS_WEIGHTS: Readonly<Record<string, number>> = { integration: 50, stability: 50 };

export const HALT_BELOW = 40;
export const FAST_FROM = 70;

export interface BusinessScores {
  readonly integration: number | null;
  readonly wellbeing: number;
  readonly stability: number | null;
}

export interface ModeJudgement {
  readonly mode: HealthMode | null;
  /** What decided it, worst first: "stability 34"; null when nothing holds the project back. */
  readonly why: string | null;
  /** What, and nothing else, keeps the project from FAST; null when scores do, or nothing does. */
  readonly heldBy: 'wellbeing' | 'report-age' | null;
}

/**
 * HALT when integration or stability is below 40, FAST when all three are 70 or more, else SAFE; null when it
 * cannot be judged. D5: well-being alone can bring SAFE, never HALT. One score under 40 is HALT even when the
 * other is missing: missing evidence never softens a verdict.
 */
export function businessMode(scores: BusinessScores): ModeJudgement {
  const named = [
    ['integration', scores.integration],
    ['stability', scores.stability],
  ] as const;
  const below = (limit: number): string[] =>
    named.flatMap(([name, value]) =>
      value !== null && value < limit ? [`${name} ${scoreText(value)}`] : [],
    );
  const halting = below(HALT_BELOW);
  if (halting.length > 0) return { mode: 'HALT', why: halting.join(', '), heldBy: null };
  const missing = named.filter(([, value]) => value === null).map(([name]) => name);
  if (missing.length > 0) return { mode: null, why: `no ${missing.join(', no ')}`, heldBy: null };
  const slow = below(FAST_FROM);
  const tired = scores.wellbeing < FAST_FROM;
  if (slow.length === 0 && !tired) return { mode: 'FAST', why: null, heldBy: null };
  const why = tired ? [...slow, `well-being ${scoreText(scores.wellbeing)}`] : slow;
  return { mode: 'SAFE', why: why.join(', '), heldBy: slow.length === 0 ? 'wellbeing' : null };
}

/** A score for people: at most one digit after the point, rounded down, so that 69.99 never reads as 70. */
export function scoreText(value: number): string {
  return String(Math.floor(value * 10) / 10);
}
