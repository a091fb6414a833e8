import type { Measure, Profile } from '../contract/vocabulary.ts';
import { EVIDENCE_INPUTS, type EvidenceInput } from './evidence-inputs.ts';

export interface FormulaInput extends EvidenceInput {
  readonly measure: Measure;
  /** Share within its group; all groups' weights and all shares of a group are sums of any size. */
  readonly share: number;
}

export interface FormulaGroup {
  readonly name: string;
  readonly weight: number;
  readonly inputs: readonly FormulaInput[];
}

/** How one score is measured. */
export interface Formula {
  readonly score: string;
  /** `mean`: the weighted mean of the inputs. `losses`: 100 less what each input lost. */
  readonly kind: 'mean' | 'losses';
  /** Inputs are better the higher they are; where `lower` is better in the score, it is 100 less that. */
  readonly better: 'higher' | 'lower';
  /** Empty where only a report tells the score. */
  readonly groups: readonly FormulaGroup[];
}

export interface ScoreFormula extends Formula {
  readonly profile: Profile;
}

/** Several inputs whose weight stays together where one of them does not apply. */
export function formulaGroup(name: string, shares: Readonly<Partial<Record<Measure, number>>>): FormulaGroup {
  const inputs = Object.entries(shares).map(([measure, share]) => ({
    measure: measure as Measure,
    share,
    ...EVIDENCE_INPUTS[measure as Measure],
  }));
  return { name, weight: inputs.reduce((sum, { share }) => sum + share, 0), inputs };
}

const one = (measure: Measure, weight: number): FormulaGroup => formulaGroup(measure, { [measure]: weight });

/**
 * Domain 1.2: what each score is made of. docs/consciousness.md is written from this table. A group's weight goes
 * to those of its inputs that apply to the project.
 */
export const SCORE_FORMULAS: readonly ScoreFormula[] = [
  {
    score: 'integration',
    profile: 'business',
    kind: 'mean',
    better: 'higher',
    groups: [formulaGroup('code', { tests: 30, coverage: 20 }), one('drift', 20), one('services', 30)],
  },
  {
    score: 'stability',
    profile: 'business',
    kind: 'losses',
    better: 'higher',
    groups: [one('incidents', 40), one('rollbacks', 25), one('deployments', 15), one('errors', 20)],
  },
  {
    score: 'model_health',
    profile: 'ml',
    kind: 'mean',
    better: 'higher',
    groups: [one('accuracy', 50), one('drift', 30), one('latency', 20)],
  },
  {
    score: 'embedding_quality',
    profile: 'ml',
    kind: 'mean',
    better: 'higher',
    groups: [one('recall', 40), one('mrr', 30), one('ndcg', 30)],
  },
];

/** A score of less than this share of its table's weight would be a score of something else. */
export const LEAST_APPLICABLE = 0.5;
