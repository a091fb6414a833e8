import type { ScoreNeed } from '../consciousness/score-need.ts';
import type { Reason } from '../contract/decision.ts';
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
  | { readonly kind: 'quarantined' }
  | { readonly kind: 'mode'; readonly is: HealthMode; readonly heldBy: 'wellbeing' | 'report-age' | null }
  | { readonly kind: 'freshness'; readonly is: Freshness }
  | { readonly kind: 'confidence-below'; readonly limit: number }
  | {
      readonly kind: 'score';
      readonly score: string;
      readonly needs: ScoreNeed['needs'];
      readonly limit: number;
    }
  | { readonly kind: 'score-missing'; readonly score: string }
  | { readonly kind: 'cooling'; readonly is: CoolingStatus }
  | { readonly kind: 'infrastructure-degraded' };

/** What lifts a rule; `way-to-pass.ts` puts it into words. */
export type Remedy =
  | 'power'
  | 'power-sensor'
  | 'reserve'
  | 'lift-halt'
  | 'new-commit'
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
  /** For every change but a revert that is expected to take more than 10 minutes (D3); `verdicts` when absent. */
  readonly verdictWhenLong?: Verdict;
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

/** The rules of one profile as they are written down. */
export interface RuleTable {
  /** As a project names it. */
  readonly profile: string;
  /** The built-in profile it is, or extends. */
  readonly base: Profile;
  readonly levels: Readonly<Record<EnergyLevel, LevelRow>>;
  /** In order of how binding they are at the same verdict. */
  readonly rules: readonly Rule[];
  /** What the scores must come to before a HALT of theirs ends: "40 or more". */
  readonly leavesHaltAt: string;
  /** Tells rules of one name apart after a change of settings; empty for a built-in profile. */
  readonly edition: string;
}

/** What one rule, or a reason from elsewhere, says about one change. */
export interface Finding {
  /** Null for a reason from elsewhere. */
  readonly rule: Rule | null;
  /** The rule's sentence taken apart: text, placeholder, text, placeholder, ... */
  readonly sentence: readonly string[];
  readonly given: Reason | null;
  /** What is asked for by itself. */
  readonly asked: Verdict;
  /** What binds after waivers and observe-only. */
  readonly verdict: Verdict;
  readonly note: 'waived' | 'observed' | null;
}

/** A rule that may speak on one type of change, and what it then says. */
export interface CandidateRule {
  readonly rule: Rule;
  readonly isWaivable: boolean;
  /** Null where only a long change is concerned. */
  readonly finding: Finding | null;
  readonly findingWhenLong: Finding | null;
}

/** A table made ready for judging: what may speak at a level, with evidence of an age, on a type of change. */
export interface ProfileRules extends RuleTable {
  readonly candidates: ByLevel<Readonly<Record<Freshness, ByChange<readonly CandidateRule[]>>>>;
}

type ByLevel<Value> = Readonly<Record<EnergyLevel, Value>>;
type ByChange<Value> = Readonly<Record<ChangeType, Value>>;
