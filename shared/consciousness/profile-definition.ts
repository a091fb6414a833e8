import type { Measure, Profile, RankedLevel } from '../contract/vocabulary.ts';
import { SCORE_FORMULAS, type Formula } from './score-formulas.ts';
import type { ScoreNeed } from './score-need.ts';

/** One score of a profile: where it comes from and what follows when it falls short. */
export interface ScoreDefinition {
  readonly score: string;
  /** Who tells it: the project's evidence, the person, this machine's load, or the machine itself. */
  readonly source: 'evidence' | 'person' | 'load' | 'machine';
  /** How it is measured; null where it is not evidence. */
  readonly formula: Formula | null;
  /** Its part of the confidence; 0 where the project can be judged without it. */
  readonly weight: number;
  /** HALT, SAFE, a block or a confirmation follow unless it is this; null asks nothing. */
  readonly haltUnless: ScoreNeed | null;
  readonly safeUnless: ScoreNeed | null;
  readonly blockUnless: ScoreNeed | null;
  readonly throttleUnless: ScoreNeed | null;
}

/** Which scores a project has and how its mode is made of them (domain 1.2). */
export interface ProfileDefinition {
  readonly name: string;
  /** The built-in profile it is, or extends: how the mode is made, and which rules bind. */
  readonly base: Profile;
  readonly scores: readonly ScoreDefinition[];
  /** The highest level at which a project of the ml kind is EFFICIENT. */
  readonly efficientUpTo: RankedLevel;
}

/** A built-in profile by its name, or one from the settings. */
export type ProfileChoice = Profile | ProfileDefinition;

const atLeast = (limit: number): ScoreNeed => ({ needs: 'at-least', limit });

/** Domain 1.2, business: HALT below 40, FAST from 70. */
export const HALT_UNLESS = atLeast(40);
export const SAFE_UNLESS = atLeast(70);
/** The confidence is shared evenly by the scores a project cannot be judged without. */
export const EVEN_WEIGHT = 50;

const NO_NEEDS = { haltUnless: null, safeUnless: null, blockUnless: null, throttleUnless: null };

function scoreDefinition(score: string, over: Partial<ScoreDefinition> = {}): ScoreDefinition {
  const formula = SCORE_FORMULAS.find((known) => known.score === score) ?? null;
  return { score, source: 'evidence', formula, weight: EVEN_WEIGHT, ...NO_NEEDS, ...over };
}

/** D5: well-being alone can bring SAFE, never HALT, and is always known. */
export function wellbeingScore(safeUnless: ScoreNeed | null): ScoreDefinition {
  return scoreDefinition('wellbeing', { source: 'person', weight: 0, safeUnless });
}

const ofMode = { haltUnless: HALT_UNLESS, safeUnless: SAFE_UNLESS };

export const BUILT_IN_PROFILES: Readonly<Record<Profile, ProfileDefinition>> = {
  business: {
    name: 'business',
    base: 'business',
    scores: [
      scoreDefinition('integration', ofMode),
      wellbeingScore(SAFE_UNLESS),
      scoreDefinition('stability', ofMode),
    ],
    efficientUpTo: 'LOW',
  },
  ml: {
    name: 'ml',
    base: 'ml',
    scores: [
      scoreDefinition('model_health', { blockUnless: { needs: 'above', limit: 70 } }),
      scoreDefinition('embedding_quality', { weight: 0, throttleUnless: atLeast(60) }),
      scoreDefinition('computation_load', { source: 'load', blockUnless: { needs: 'below', limit: 80 } }),
    ],
    efficientUpTo: 'LOW',
  },
  // Power alone is enough to judge by: a machine without sensors is not stuck.
  infrastructure: {
    name: 'infrastructure',
    base: 'infrastructure',
    scores: [
      scoreDefinition('power_available', { source: 'machine', weight: 60 }),
      scoreDefinition('cooling_status', { source: 'machine', weight: 20 }),
      scoreDefinition('network_status', { source: 'machine', weight: 20 }),
    ],
    efficientUpTo: 'LOW',
  },
};

export function profileDefinition(choice: ProfileChoice): ProfileDefinition {
  return typeof choice === 'string' ? BUILT_IN_PROFILES[choice] : choice;
}

/** Those that are told by the project's evidence. */
export function evidenceFormulas({ scores }: ProfileDefinition): readonly Formula[] {
  return scores.flatMap(({ source, formula }) =>
    source === 'evidence' && formula !== null ? [formula] : [],
  );
}

/** Whether any of its scores is measured from one of these. */
export function isMadeOf(profile: ProfileDefinition, measures: readonly Measure[]): boolean {
  const inputs = evidenceFormulas(profile).flatMap(({ groups }) => groups.flatMap((group) => group.inputs));
  return inputs.some(({ measure }) => measures.includes(measure));
}
