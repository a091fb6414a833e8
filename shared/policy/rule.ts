import type {
  ChangeType,
  CoolingStatus,
  EnergyLevel,
  Freshness,
  HealthMode,
  OperatingMode,
  Profile,
  Verdict,
} from '../contract/vocabulary.ts';

/** What makes a rule speak. Data, so that the engine, the simulator and the docs read the same thing. */
export type Condition =
  | { readonly kind: 'level'; readonly is: EnergyLevel }
  | { readonly kind: 'reserve' }
  | { readonly kind: 'halted' }
  | { readonly kind: 'mode'; readonly is: HealthMode; readonly heldBy: 'wellbeing' | 'report-age' | null }
  | { readonly kind: 'freshness'; readonly is: Freshness }
  | { readonly kind: 'confidence-below'; readonly limit: number }
  | {
      readonly kind: 'score';
      readonly score: string;
      readonly needs: 'above' | 'below' | 'at-least';
      readonly limit: number;
    }
  | { readonly kind: 'score-missing'; readonly score: string }
  | { readonly kind: 'cooling'; readonly is: CoolingStatus }
  | { readonly kind: 'infrastructure-degraded' };

/** What lifts a rule; `ways.ts` puts it into words. */
export type Remedy =
  | 'power'
  | 'power-sensor'
  | 'reserve'
  | 'lift-halt'
  | 'confirm'
  | 'report'
  | 'score'
  | 'load'
  | 'cooling'
  | 'infrastructure'
  | 'elsewhere';

export interface Rule {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly when: Condition;
  /** By change type; a type that is not named is not concerned. `allow` is a note that binds nothing. */
  readonly verdicts: Partial<Record<ChangeType, Verdict>>;
  /** The sentence for a person; `{...}` are filled by `sentence.ts`. */
  readonly says: string;
  readonly remedy: Remedy;
  /** Seconds until asking again makes sense; null when only a person can change it. */
  readonly retrySeconds: number | null;
  /** Which change types a waiver may carry past this rule. */
  readonly waivable: 'all' | 'fix' | 'none';
}

/** One level of one profile: the row of the domain's table. */
export interface LevelRow {
  readonly operatingMode: OperatingMode;
  readonly verdicts: Readonly<Record<ChangeType, Verdict>>;
}

export interface ProfileRules {
  readonly profile: Profile;
  readonly levels: Readonly<Record<EnergyLevel, LevelRow>>;
  readonly rules: readonly Rule[];
}
