import type { HealthMode } from '../contract/vocabulary.ts';
import type { ScoreDefinition } from './profile-definition.ts';
import { meetsNeed, type ScoreNeed } from './score-need.ts';

export interface ModeJudgement {
  readonly mode: HealthMode | null;
  /** What decided it, worst first: "stability 34"; null when nothing holds the project back. */
  readonly why: string | null;
  /** What, and nothing else, keeps the project from FAST; null when scores do, or nothing does. */
  readonly heldBy: 'wellbeing' | 'report-age' | null;
}

type Values = Readonly<Record<string, number | string | null>>;

/**
 * HALT when a score falls short of what it must be, FAST when none falls short of what FAST needs, else SAFE; null
 * when it cannot be judged. D5: well-being alone can bring SAFE, never HALT. One score is HALT even when another is
 * missing: missing evidence never softens a verdict.
 */
export function scoredMode(scores: readonly ScoreDefinition[], values: Values): ModeJudgement {
  const ofEvidence = scores.filter(({ source }) => source !== 'person');
  const halting = shortOf(ofEvidence, values, 'haltUnless');
  if (halting.length > 0) return { mode: 'HALT', why: halting.join(', '), heldBy: null };
  const missing = ofEvidence.filter((one) => isNeeded(one) && valueOf(values, one) === null);
  if (missing.length > 0) {
    return { mode: null, why: `no ${missing.map(({ score }) => score).join(', no ')}`, heldBy: null };
  }
  const slow = shortOf(ofEvidence, values, 'safeUnless');
  const tired = shortOf(
    scores.filter(({ source }) => source === 'person'),
    values,
    'safeUnless',
  );
  if (slow.length + tired.length === 0) return { mode: 'FAST', why: null, heldBy: null };
  return {
    mode: 'SAFE',
    why: [...slow, ...tired].join(', '),
    heldBy: slow.length === 0 ? 'wellbeing' : null,
  };
}

/** Whether a score asks for HALT by itself. */
export function asksHalt({ haltUnless }: ScoreDefinition, value: number | null): boolean {
  return value !== null && haltUnless !== null && !meetsNeed(value, haltUnless);
}

/** A score for people: at most one digit after the point, rounded down, so that 69.99 never reads as 70. */
export function scoreText(value: number): string {
  return String(Math.floor(value * 10) / 10);
}

function shortOf(
  scores: readonly ScoreDefinition[],
  values: Values,
  need: 'haltUnless' | 'safeUnless',
): readonly string[] {
  return scores.flatMap((one) => {
    const value = valueOf(values, one);
    const limit: ScoreNeed | null = one[need];
    if (value === null || limit === null || meetsNeed(value, limit)) return [];
    return [`${one.source === 'person' ? 'well-being' : one.score} ${scoreText(value)}`];
  });
}

function isNeeded({ weight, haltUnless, safeUnless }: ScoreDefinition): boolean {
  return weight > 0 && (haltUnless !== null || safeUnless !== null);
}

function valueOf(values: Values, { score }: ScoreDefinition): number | null {
  const value = values[score] ?? null;
  return typeof value === 'number' ? value : null;
}
