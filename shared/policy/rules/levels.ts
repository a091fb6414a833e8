import type { EnergyLevel, Verdict } from '../../contract/vocabulary.ts';

/** What a level asks of the whole machine, apart from verdicts (domain 1.3, the table's last columns). */
export interface LevelActions {
  readonly actions: string;
  /** What happens to expensive work that already runs. */
  readonly runningExperiments: 'frozen' | 'paused' | 'go on';
  /** Most experiments at once; null is no limit. */
  readonly experimentsAtOnce: number | null;
  /** Whether experiments run at low priority. */
  readonly niced: boolean;
}

export const LEVEL_ACTIONS: Readonly<Record<EnergyLevel, LevelActions>> = {
  CRITICAL: {
    actions: 'throttle, UPS and CRITICAL alert',
    runningExperiments: 'frozen',
    experimentsAtOnce: 0,
    niced: true,
  },
  LOW: { actions: 'no expensive ML', runningExperiments: 'paused', experimentsAtOnce: 0, niced: true },
  MEDIUM: { actions: 'balanced', runningExperiments: 'go on', experimentsAtOnce: 1, niced: true },
  HIGH: {
    actions: 'everything available',
    runningExperiments: 'go on',
    experimentsAtOnce: null,
    niced: true,
  },
  FULL: { actions: 'unrestricted', runningExperiments: 'go on', experimentsAtOnce: null, niced: false },
  UNKNOWN: { actions: 'say so', runningExperiments: 'go on', experimentsAtOnce: 0, niced: true },
};

interface Columns {
  /** `feature` and `infra`; the domain's "ml change" in the ml profile. */
  readonly change: Verdict;
  readonly fix: Verdict;
  readonly safe: Verdict;
  readonly experiment: Verdict;
}

/** The verdict columns. They are the same in every profile: what differs is the operating mode and the rules. */
export const LEVEL_COLUMNS: Readonly<Record<EnergyLevel, Columns>> = {
  CRITICAL: { change: 'block', fix: 'throttle', safe: 'block', experiment: 'block' },
  LOW: { change: 'block', fix: 'allow', safe: 'allow', experiment: 'block' },
  MEDIUM: { change: 'allow', fix: 'allow', safe: 'allow', experiment: 'allow' },
  HIGH: { change: 'allow', fix: 'allow', safe: 'allow', experiment: 'allow' },
  FULL: { change: 'allow', fix: 'allow', safe: 'allow', experiment: 'allow' },
  UNKNOWN: { change: 'unknown', fix: 'throttle', safe: 'unknown', experiment: 'unknown' },
};
