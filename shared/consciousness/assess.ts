import type { Machine } from '../contract/energy.ts';
import type { EnergyLevel, Freshness, HealthMode, Profile } from '../contract/vocabulary.ts';
import { BUSINESS_WEIGHTS, businessMode, type ModeJudgement } from './business.ts';
import type { Evidence, ParsedReport } from './evidence.ts';
import { judgeFreshness, type FreshnessJudgement } from './freshness.ts';
import { haltAskedBy, type Halt } from './halt.ts';
import {
  INFRASTRUCTURE_WEIGHTS,
  infrastructureState,
  type InfrastructureMemory,
  type InfrastructureState,
  type PowerFacts,
} from './infrastructure.ts';
import { computationLoad, ML_WEIGHTS, mlMode } from './ml.ts';
import { MIN_CONFIDENCE } from './score.ts';
import { effectiveWellbeing, type Wellbeing } from './wellbeing.ts';

export type Scores = Record<string, number | string | null>;

/** A project as judged from its evidence: the fields of `ProjectState` that are not the policy's. */
export interface ProjectAssessment {
  readonly id: string;
  /** Null for the machine itself. */
  readonly path: string | null;
  readonly profile: Profile;
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
  /** Null without a report. */
  readonly reportAgeSeconds: number | null;
}

export interface AssessInput {
  readonly project: { readonly id: string; readonly path: string; readonly profile: Profile };
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
}

/** Scores, mode, confidence and freshness of one registered project (domain 1.2). Missing is never zero. */
export function assessProject(input: AssessInput): ProjectAssessment {
  const { project, evidence } = input;
  if (project.profile === 'infrastructure') return assessInfrastructureProject(input);
  const age = judgeFreshness(evidence.report, { ...evidence, nowMs: input.nowMs });
  const report = age.freshness === 'missing' ? null : evidence.report;
  const scores = project.profile === 'ml' ? mlScores(input, report) : businessScores(input, report);
  const weights = project.profile === 'ml' ? ML_WEIGHTS : BUSINESS_WEIGHTS;
  const confidence = Math.min(coverage(scores, weights), report?.confidence ?? 1);
  if (confidence < MIN_CONFIDENCE && (report?.confidence ?? 1) < MIN_CONFIDENCE) clearScores(scores, weights);
  const mode = projectMode(input, scores, age);
  return {
    id: project.id,
    path: project.path,
    profile: project.profile,
    scores,
    mode: mode.mode,
    modeWhy: mode.why,
    heldBy: mode.heldBy,
    confidence,
    freshness: age.freshness,
    problem: problemText(evidence, age, project.profile),
    reportAgeSeconds: age.ageSeconds,
  };
}

/** The machine itself: always there, judged by what is read from it now. */
export function assessInfrastructure(input: {
  readonly energy: PowerFacts;
  readonly machine: Machine | null;
  readonly memory: InfrastructureMemory;
  readonly monotonicMs: number;
  /** A HALT of the machine itself; null or absent when none stands. */
  readonly halt?: Halt | null;
}): { readonly assessment: ProjectAssessment; readonly state: InfrastructureState } {
  const state = infrastructureState(input.energy, input.machine, input.memory, input.monotonicMs);
  const project = { id: 'infrastructure', path: null, profile: 'infrastructure' as const };
  const own = machineAssessment(project, state, input.energy);
  const halt = input.halt ?? null;
  return { assessment: halt === null ? own : { ...own, mode: 'HALT', modeWhy: halt.why }, state };
}

function assessInfrastructureProject(input: AssessInput): ProjectAssessment {
  const own = machineAssessment(input.project, input.infrastructure, input.energy);
  if (input.halt !== null) return { ...own, mode: 'HALT', modeWhy: input.halt.why };
  const { report } = input.evidence;
  const asked = report === null ? null : haltAskedBy('infrastructure', report, input.haltClearedAtMs);
  return asked === null ? own : { ...own, mode: 'HALT', modeWhy: asked.why };
}

function machineAssessment(
  project: { readonly id: string; readonly path: string | null; readonly profile: Profile },
  state: InfrastructureState,
  energy: { readonly level: EnergyLevel; readonly levelValue: number | null },
): ProjectAssessment {
  const scores: Scores = {
    power_available: energy.levelValue,
    cooling_status: state.coolingStatus,
    network_status: state.networkStatus,
  };
  return {
    id: project.id,
    path: project.path,
    profile: project.profile,
    scores,
    mode: state.mode,
    modeWhy: state.weakestLink,
    heldBy: null,
    confidence: coverage(scores, INFRASTRUCTURE_WEIGHTS),
    freshness: energy.level === 'UNKNOWN' ? 'stale' : 'fresh',
    problem: energy.level === 'UNKNOWN' ? 'power cannot be read' : null,
    reportAgeSeconds: null,
  };
}

function businessScores(input: AssessInput, report: ParsedReport | null): Scores {
  return {
    ...report?.scores,
    integration: numberIn(report, 'integration'),
    wellbeing: effectiveWellbeing(input.wellbeing, numberIn(report, 'wellbeing'), input.nowMs),
    stability: numberIn(report, 'stability'),
  };
}

/** The report's own word for the load wins: it may speak of another machine, where the project runs. */
function mlScores(input: AssessInput, report: ParsedReport | null): Scores {
  return {
    ...report?.scores,
    model_health: numberIn(report, 'model_health'),
    embedding_quality: numberIn(report, 'embedding_quality'),
    computation_load: numberIn(report, 'computation_load') ?? computationLoad(input.machine),
  };
}

/** The worst of a person's HALT, the report's own mode and what the scores ask for; amber takes FAST away. */
function projectMode(input: AssessInput, scores: Scores, age: FreshnessJudgement): ModeJudgement {
  if (input.halt !== null) return { mode: 'HALT', why: input.halt.why, heldBy: null };
  const { report } = input.evidence;
  const { profile } = input.project;
  const asked = report === null ? null : haltAskedBy(profile, report, input.haltClearedAtMs);
  if (asked?.by === 'report') return { mode: 'HALT', why: asked.why, heldBy: null };
  if (profile === 'ml') return { mode: mlMode(input.energy.level), why: null, heldBy: null };
  const judged = businessMode({
    integration: typeof scores['integration'] === 'number' ? scores['integration'] : null,
    wellbeing: typeof scores['wellbeing'] === 'number' ? scores['wellbeing'] : 0,
    stability: typeof scores['stability'] === 'number' ? scores['stability'] : null,
  });
  if (judged.mode === 'HALT' && asked === null)
    return { mode: 'SAFE', why: `${judged.why ?? 'HALT'}, HALT cleared by hand`, heldBy: null };
  const stated = age.freshness === 'missing' ? null : (report?.mode ?? null);
  if (stated !== null && stated !== 'FAST' && judged.mode === 'FAST')
    return { mode: 'SAFE', why: `its report says ${stated}`, heldBy: null };
  if (judged.mode === 'FAST' && age.freshness !== 'fresh')
    return { mode: 'SAFE', why: age.why, heldBy: 'report-age' };
  return judged;
}

function coverage(scores: Scores, weights: Readonly<Record<string, number>>): number {
  let known = 0;
  let all = 0;
  for (const [name, weight] of Object.entries(weights)) {
    all += weight;
    if ((scores[name] ?? null) !== null) known += weight;
  }
  return known / all;
}

/** The writer itself does not trust its numbers: they are shown as "n/a". */
function clearScores(scores: Scores, weights: Readonly<Record<string, number>>): void {
  for (const name of Object.keys(weights)) scores[name] = null;
}

function numberIn(report: ParsedReport | null, name: string): number | null {
  const value = report?.scores[name];
  return typeof value === 'number' ? value : null;
}

function problemText(evidence: Evidence, age: FreshnessJudgement, profile: Profile): string | null {
  const said = evidence.report?.profile ?? null;
  const mismatch = said !== null && said !== profile ? `report is of profile ${said}, not ${profile}` : null;
  const parts = [
    evidence.problem,
    mismatch,
    evidence.problem !== null && evidence.report === null ? null : age.why,
  ];
  const text = parts.filter((part) => part !== null).join('; ');
  return text === '' ? null : text;
}
