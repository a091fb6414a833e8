import type { Profile } from '../contract/vocabulary.ts';
import {
  BURN_POINTS,
  BURN_POINTS_MOST,
  FAILED_DEPLOYMENT_POINTS,
  INCIDENT_POINTS,
  LATENCY_WORST_RATIO,
  POINTS_PER_ACCURACY_POINT,
  ROLLBACK_POINTS,
} from './loss-points.ts';
import type { Measure } from './measurement.ts';

/** How old evidence may be, in milliseconds: up to `freshMs` it is fresh, up to `keptMs` amber, then gone. */
export interface Ages {
  readonly freshMs: number;
  readonly keptMs: number;
}

export interface FormulaInput {
  readonly measure: Measure;
  /** Share within its group; all groups' weights and all shares of a group are sums of any size. */
  readonly share: number;
  /** Words for the page: what is read and how it becomes 0..100. */
  readonly what: string;
  readonly ages: Ages;
}

export interface FormulaGroup {
  readonly name: string;
  readonly weight: number;
  readonly inputs: readonly FormulaInput[];
}

export interface ScoreFormula {
  readonly score: string;
  readonly profile: Profile;
  /** `mean`: the weighted mean of the inputs. `losses`: 100 less what each input lost. */
  readonly kind: 'mean' | 'losses';
  readonly groups: readonly FormulaGroup[];
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Results of a run of the tests hold for a working day; a week later they say nothing of the code. */
const OF_CODE: Ages = { freshMs: DAY_MS, keptMs: 7 * DAY_MS };
/** Models and evaluation sets change by the week. */
const OF_MODEL: Ages = { freshMs: 7 * DAY_MS, keptMs: 30 * DAY_MS };
/** Asked once a minute. */
const OF_SERVICES: Ages = { freshMs: 3 * MINUTE_MS, keptMs: 15 * MINUTE_MS };
/** Our own record is read as it is now. */
const OF_RECORD: Ages = { freshMs: DAY_MS, keptMs: DAY_MS };

const one = (measure: Measure, weight: number, what: string, ages: Ages): FormulaGroup => ({
  name: measure,
  weight,
  inputs: [{ measure, share: 1, what, ages }],
});

/**
 * Domain 1.2: what each score is made of. docs/consciousness.md is written from this table. A group's weight goes
 * to those of its inputs that apply to the project.
 */
export const SCORE_FORMULAS: readonly ScoreFormula[] = [
  {
    score: 'integration',
    profile: 'business',
    kind: 'mean',
    groups: [
      {
        name: 'code',
        weight: 50,
        inputs: [
          { measure: 'tests', share: 30, what: 'passed of passed and failed, in %', ages: OF_CODE },
          { measure: 'coverage', share: 20, what: 'lines hit of lines found, in %', ages: OF_CODE },
        ],
      },
      one('drift', 20, '100 × (1 − drift)', OF_MODEL),
      one('services', 30, 'addresses that answer 2xx, in %', OF_SERVICES),
    ],
  },
  {
    score: 'stability',
    profile: 'business',
    kind: 'losses',
    groups: [
      one(
        'incidents',
        40,
        `100 − ${INCIDENT_POINTS.minor} a minor, ${INCIDENT_POINTS.major} a major, ${INCIDENT_POINTS.critical} a critical incident of 7 days`,
        OF_RECORD,
      ),
      one('rollbacks', 25, `100 − ${ROLLBACK_POINTS} a rollback of 7 days`, OF_RECORD),
      one('deployments', 15, `100 − ${FAILED_DEPLOYMENT_POINTS} a failed deployment of 7 days`, OF_RECORD),
      one(
        'errors',
        20,
        `100 − ${BURN_POINTS} × (burn rate over 1 h − 1), at most ${BURN_POINTS_MOST} lost`,
        OF_SERVICES,
      ),
    ],
  },
  {
    score: 'model_health',
    profile: 'ml',
    kind: 'mean',
    groups: [
      one(
        'accuracy',
        50,
        `100 at the baseline, less ${POINTS_PER_ACCURACY_POINT} a percentage point below it`,
        OF_MODEL,
      ),
      one('drift', 30, '100 × (1 − drift)', OF_MODEL),
      one('latency', 20, `100 at the baseline, 0 at ${LATENCY_WORST_RATIO} times it`, OF_MODEL),
    ],
  },
  {
    score: 'embedding_quality',
    profile: 'ml',
    kind: 'mean',
    groups: [
      one('recall', 40, '100 × recall@k', OF_MODEL),
      one('mrr', 30, '100 × mean reciprocal rank', OF_MODEL),
      one('ndcg', 30, '100 × nDCG@k', OF_MODEL),
    ],
  },
];

/** A score of less than this share of its table's weight would be a score of something else. */
export const LEAST_APPLICABLE = 0.5;

export function formulasOf(profile: Profile): readonly ScoreFormula[] {
  return SCORE_FORMULAS.filter((formula) => formula.profile === profile);
}
