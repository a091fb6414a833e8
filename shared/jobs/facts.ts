import type { CoolingStatus, EnergyLevel, OperatingMode } from '../contract/vocabulary.ts';

/** All that the job rules look at. Nulls are "not known". */
export interface JobFacts {
  readonly level: EnergyLevel;
  /** The level's own sentence: "battery 15 %, draining 9.1 W". */
  readonly why: string;
  readonly onExternalPower: boolean | null;
  /** The charge while FULL is only on loan (D3); null when nothing expensive has to wait for it. */
  readonly reservePercent: number | null;
  readonly cooling: CoolingStatus | null;
  /** What a project may do now; jobs of no project go by the ml profile. */
  readonly project: (id: string | null) => ProjectFacts;
  /** The chance, 0 to 1, to end above 20 % in so many minutes; null on external power and without a forecast. */
  readonly chance: (minutes: number) => number | null;
}

export interface ProjectFacts {
  readonly operatingMode: OperatingMode;
  /** Who halted it and why; null when nobody did. */
  readonly haltWhy: string | null;
}

/** Why a job does not run, in the words every surface shows. */
export interface Wait {
  readonly code:
    | 'held'
    | 'unknown-power'
    | 'level'
    | 'mode'
    | 'halt'
    | 'cooling'
    | 'reserve'
    | 'forecast'
    | 'turn'
    | 'settle';
  readonly reason: string;
  /** What it waits for, to stand after "until". */
  readonly until: string;
  /** When that may be, milliseconds since 1970; null where nobody can say. */
  readonly untilMs: number | null;
}
