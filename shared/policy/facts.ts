import type { Reason } from '../contract/decision.ts';
import type {
  ChangeType,
  CoolingStatus,
  EnergyLevel,
  Freshness,
  HealthMode,
} from '../contract/vocabulary.ts';
import type { ProfileRules } from './rule.ts';

export interface ProjectFacts {
  readonly id: string;
  /** A built-in profile, or the name of one from the settings, which then brings its rules. */
  readonly profile: string;
  readonly rules?: ProfileRules;
  /** Score name to 0..100 or a word; null is "no data", never zero. */
  readonly scores: Readonly<Record<string, number | string | null>>;
  readonly mode: HealthMode | null;
  /** What decided the mode: "stability 34". */
  readonly modeWhy: string | null;
  /** What alone holds it in SAFE. */
  readonly heldBy: 'wellbeing' | 'report-age' | null;
  /** 0..1. */
  readonly confidence: number;
  readonly freshness: Freshness;
  /** What is wrong with the evidence, for a person. */
  readonly problem: string | null;
  readonly reportAgeSeconds: number | null;
}

export interface EnergyFacts {
  readonly level: EnergyLevel;
  /** One sentence, as the energy state gives it. */
  readonly why: string;
  /** Set while external power lifts the level although the battery is low (D3). */
  readonly reservePercent: number | null;
  readonly percent: number | null;
  readonly onExternalPower: boolean | null;
  readonly ageSeconds: number | null;
  /** True while the UPS that feeds this machine is on battery: no plug helps then. */
  readonly upsOnBattery?: boolean;
  /** Minutes of uninterrupted net charge so far; 10 lift the reserve (D3). */
  readonly netChargeMinutes?: number | null;
  /** Minutes until the charge passes the next threshold upwards; null or absent when it is not rising. */
  readonly minutesToNextLevel?: number | null;
}

export interface InfrastructureFacts {
  readonly mode: 'NORMAL' | 'DEGRADED';
  readonly weakestLink: string | null;
  readonly coolingStatus: CoolingStatus | null;
}

/** A HALT that stands now; `who` is the person, or "report" or "scores". Instants in wall milliseconds. */
export interface HaltFacts {
  readonly by: 'person' | 'report' | 'scores';
  readonly who: string;
  readonly why: string;
  readonly sinceMs: number;
  readonly untilMs: number | null;
}

/** A person's word that a rule may be passed, for one project and change type. */
export interface WaiverFacts {
  readonly who: string;
  /** Required: a waiver without a reason counts for nothing. */
  readonly why: string;
  readonly change: ChangeType;
  readonly sinceMs: number;
  /** At most 4 hours after `sinceMs` counts. */
  readonly untilMs: number;
}

/** The commit that stands now was rolled back, and no other has taken its place. */
export interface QuarantineFacts {
  readonly commit: string;
  /** Why it was rolled back; half a sentence. */
  readonly cause: string;
  readonly sinceMs: number;
  /** The action that lets it try again. */
  readonly actionId: string;
}

/** Everything the verdicts on a project's changes depend on, whatever their type. Made-up facts make a simulation. */
export interface Situation {
  /** Wall clock, milliseconds since 1970. */
  readonly nowMs: number;
  readonly project: ProjectFacts;
  readonly energy: EnergyFacts;
  readonly infrastructure: InfrastructureFacts | null;
  /** Seconds since this machine's load was read; null when it never was. */
  readonly machineAgeSeconds: number | null;
  readonly halt: HaltFacts | null;
  /** Null or absent while the commit that stands was not rolled back. */
  readonly quarantine?: QuarantineFacts | null;
  /** Of this project alone. */
  readonly waivers: readonly WaiverFacts[];
  /** Codes of rules that only say what they would have done. */
  readonly observeOnly: readonly string[];
  /** From elsewhere (fleet, classification, forecast): can only make a verdict worse. */
  readonly extraReasons: readonly Reason[];
  /** How long the change itself is expected to take; null when not known. */
  readonly expectedMinutes: number | null;
  /** The person's local time so many minutes from now (or ago, when negative), e.g. "14:20". */
  localTime(minutesAhead: number): string;
}

/** A situation, and the change that is asked for. */
export interface PolicyFacts extends Situation {
  readonly change: ChangeType;
}
