import type { Measure } from '../contract/vocabulary.ts';
import {
  BURN_POINTS,
  BURN_POINTS_MOST,
  FAILED_DEPLOYMENT_POINTS,
  INCIDENT_POINTS,
  LATENCY_WORST_RATIO,
  POINTS_PER_ACCURACY_POINT,
  ROLLBACK_POINTS,
} from './loss-points.ts';

/** How old evidence may be, in milliseconds: up to `freshMs` it is fresh, up to `keptMs` amber, then gone. */
export interface Ages {
  readonly freshMs: number;
  readonly keptMs: number;
}

export interface EvidenceInput {
  /** Words for the page: what is read and how it becomes 0..100. */
  readonly what: string;
  readonly ages: Ages;
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

/** Every input a score may be made of, with how it is read and how long it holds. */
export const EVIDENCE_INPUTS: Readonly<Record<Measure, EvidenceInput>> = {
  tests: { what: 'passed of passed and failed, in %', ages: OF_CODE },
  coverage: { what: 'lines hit of lines found, in %', ages: OF_CODE },
  drift: { what: '100 × (1 − drift)', ages: OF_MODEL },
  services: { what: 'addresses that answer 2xx, in %', ages: OF_SERVICES },
  incidents: {
    what: `100 − ${INCIDENT_POINTS.minor} a minor, ${INCIDENT_POINTS.major} a major, ${INCIDENT_POINTS.critical} a critical incident of 7 days`,
    ages: OF_RECORD,
  },
  rollbacks: { what: `100 − ${ROLLBACK_POINTS} a rollback of 7 days`, ages: OF_RECORD },
  deployments: { what: `100 − ${FAILED_DEPLOYMENT_POINTS} a failed deployment of 7 days`, ages: OF_RECORD },
  errors: {
    what: `100 − ${BURN_POINTS} × (burn rate over 1 h − 1), at most ${BURN_POINTS_MOST} lost`,
    ages: OF_SERVICES,
  },
  accuracy: {
    what: `100 at the baseline, less ${POINTS_PER_ACCURACY_POINT} a percentage point below it`,
    ages: OF_MODEL,
  },
  latency: { what: `100 at the baseline, 0 at ${LATENCY_WORST_RATIO} times it`, ages: OF_MODEL },
  recall: { what: '100 × recall@k', ages: OF_MODEL },
  mrr: { what: '100 × mean reciprocal rank', ages: OF_MODEL },
  ndcg: { what: '100 × nDCG@k', ages: OF_MODEL },
};

/** Inputs that come from the app's own record of deployments and incidents. */
export const RECORD_INPUTS: readonly Measure[] = ['incidents', 'rollbacks', 'deployments'];
