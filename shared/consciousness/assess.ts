import type { Machine } from '../contract/energy.ts';
import type { EnergyLevel } from '../contract/vocabulary.ts';
import { chosenScores, type ChosenScores, type MeasuredEvidence } from './chosen-score.ts';
import { confidenceOf } from './confidence.ts';
import { overallAge } from './evidence-age.ts';
import { problemText } from './evidence-problem.ts';
import type { Evidence, ParsedReport } from './evidence.ts';
import { judgeFreshness } from './freshness.ts';
import type { Halt } from './halt.ts';
import type { InfrastructureState } from './infrastructure.ts';
import { machineAssessment } from './machine-assessment.ts';
import { computationLoad } from './ml.ts';
import { profileDefinition, type ProfileChoice, type ScoreDefinition } from './profile-definition.ts';
import type { ProjectAssessment, Scores } from './project-assessment.ts';
import { haltedMode, projectMode } from './project-mode.ts';
import { MIN_CONFIDENCE } from './score.ts';
import { effectiveWellbeing, type Wellbeing } from './wellbeing.ts';

export type { ProjectAssessment } from './project-assessment.ts';

export interface AssessInput {
  readonly project: { readonly id: string; readonly path: string; readonly profile: ProfileChoice };
  readonly evidence: Evidence;
  readonly energy: { readonly level: EnergyLevel; readonly levelValue: number | null };
  /** This machine's load, smoothed over a minute; null when not known. */
  readonly machine: Machine | null;
  readonly infrastructure: InfrastructureState;
  readonly wellbeing: Wellbeing | null;
  /** The standing HALT, as `stepHalt` gives it. */
  readonly halt: Halt | null;
  /** When a person last cleared a HALT; null when never. */
  readonly haltClearedAtMs: number | null;
  readonly nowMs: number;
  /** What is measured besides the report; absent or null where nothing is. */
  readonly measured?: MeasuredEvidence | null;
  /** Which wins where both have a score; `report` when absent. */
  readonly prefer?: 'report' | 'measured';
}

/** Scores, mode, confidence and freshness of one registered project (domain 1.2). Missing is never zero. */
export function assessProject(input: AssessInput): ProjectAssessment {
  const { evidence } = input;
  const profile = profileDefinition(input.project.profile);
  const reportAge = judgeFreshness(evidence.report, { ...evidence, nowMs: input.nowMs });
  const report = reportAge.freshness === 'missing' ? null : evidence.report;
  const measured = input.measured ?? null;
  const prefer = input.prefer ?? 'report';
  const chosen = chosenScores({ profile, report, age: reportAge, measured, prefer, nowMs: input.nowMs });
  if (profile.base === 'infrastructure') return machineProject(input, chosen);
  const scores: Scores = { ...report?.scores };
  for (const one of profile.scores) scores[one.score] = scoreValue(one, input, report, chosen);
  const age = overallAge(chosen, profile, reportAge);
  const mode = projectMode(profile, input, scores, chosen, age);
  return {
    id: input.project.id,
    path: input.project.path,
    profile: profile.name,
    scores,
    mode: mode.mode,
    modeWhy: mode.why,
    heldBy: mode.heldBy,
    confidence: confidenceOf(profile, scores, chosen, report),
    freshness: age.freshness,
    problem: problemText(profile, evidence, measured, age, chosen),
    reportAgeSeconds: age.ageSeconds,
    chosen,
  };
}

function scoreValue(
  { score, source }: ScoreDefinition,
  input: AssessInput,
  report: ParsedReport | null,
  chosen: ChosenScores,
): number | string | null {
  switch (source) {
    case 'evidence':
      return chosen[score]?.value ?? null;
    case 'person':
      return effectiveWellbeing(input.wellbeing, numberIn(report, score), input.nowMs);
    case 'load':
      return loadOf(score, input, report, chosen);
    case 'machine':
      return null;
  }
}

/** The report's own word for the load wins: it may speak of another machine, where the project runs. */
function loadOf(
  score: string,
  input: AssessInput,
  report: ParsedReport | null,
  chosen: ChosenScores,
): number | null {
  const isTrusted = (report?.confidence ?? 1) >= MIN_CONFIDENCE;
  const stated = isTrusted ? numberIn(report, score) : null;
  const here = computationLoad(input.machine);
  // A report that does not tell of the model does not know better how busy this machine is.
  const isMeasured = Object.values(chosen)[0]?.source === 'measured';
  return isMeasured ? (here ?? stated) : (stated ?? here);
}

function numberIn(report: ParsedReport | null, name: string): number | null {
  const value = report?.scores[name];
  return typeof value === 'number' ? value : null;
}

/** A project that is judged by the machine it runs on, and by scores of its own where its profile has any. */
function machineProject(input: AssessInput, chosen: ChosenScores): ProjectAssessment {
  const profile = profileDefinition(input.project.profile);
  const own = machineAssessment({ ...input.project, profile }, input.infrastructure, input.energy);
  const scores: Scores = { ...own.scores };
  for (const [name, { value }] of Object.entries(chosen)) scores[name] = value;
  const hasOwn = Object.keys(chosen).length > 0;
  const halted = haltedMode(profile, input);
  return {
    ...own,
    scores,
    confidence: confidenceOf(profile, scores, chosen, hasOwn ? input.evidence.report : null),
    problem: own.problem ?? (hasOwn ? input.evidence.problem : null),
    ...(halted !== null && { mode: halted.mode, modeWhy: halted.why }),
    ...(hasOwn && { chosen }),
  };
}
