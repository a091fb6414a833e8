import type { Freshness, HealthMode } from '../contract/vocabulary.ts';
import type { ChosenScores } from './chosen-score.ts';
import type { ModeJudgement } from './scored-mode.ts';

export type Scores = Record<string, number | string | null>;

/** A project as judged from its evidence: the fields of `ProjectState` that are not the policy's. */
export interface ProjectAssessment {
  readonly id: string;
  /** Null for the machine itself. */
  readonly path: string | null;
  /** The profile's name. */
  readonly profile: string;
  readonly scores: Scores;
  readonly mode: HealthMode | null;
  /** What decided the mode: "stability 34"; null when nothing holds the project back. */
  readonly modeWhy: string | null;
  /** What alone holds the project in SAFE: the person's well-being (D5) or the report's age. */
  readonly heldBy: ModeJudgement['heldBy'];
  /** Share of the scores' weight that had data, 0..1. */
  readonly confidence: number;
  readonly freshness: Freshness;
  /** "report 3 h old", or what is wrong with the file; null when nothing is. */
  readonly problem: string | null;
  /** Of the oldest evidence that was used; null without any. */
  readonly reportAgeSeconds: number | null;
  /** Where each score that can be measured comes from; absent for the machine. */
  readonly chosen?: ChosenScores;
}
