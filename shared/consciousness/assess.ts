import type { Machine } from '../contract/energy.ts';
import type { EnergyLevel, Freshness, HealthMode, Profile } from '../contract/vocabulary.ts';
import { BUSINESS_WEIGHTS, businessMode, HALT_BELOW, type ModeJudgement } from './business.ts';
import { chosenScores, type ChosenScore, type MeasuredEvidence } from './chosen-score.ts';
import type { Evidence, ParsedReport } from './evidence.ts';
import { judgeFreshness, spanText, type FreshnessJudgement } from './freshness.ts';
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
  /** Of the oldest evidence that was used; null without any. */
  readonly reportAgeSeconds: number | null;
  /** Where each score that can be measured comes from; absent for the machine. */
  readonly chosen?: Readonly<Record<string, ChosenScore>>;
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
  /** What is measured besides the report; absent or null where nothing is. */
  readonly measured?: MeasuredEvidence | null;
  /** Which wins where both have a score; `report` when absent. */
  readonly prefer?: 'report' | 'measured';
}

/** Scores, mode, confidence and freshness of one registered project (domain 1.2). Missing is never zero. */
export function assessProject(input: AssessInput): ProjectAssessment {
  const { project, evidence } = input;
  if (project.profile === 'infrastructure') return assessInfrastructureProject(input);
  const reportAge = judgeFreshness(evidence.report, { ...evidence, nowMs: input.nowMs });
  const report = reportAge.freshness === 'missing' ? null : evidence.report;
  const measured = input.measured ?? null;
  const chosen = chosenScores({
    profile: project.profile,
    report,
    age: reportAge,
    measured,
    prefer: input.prefer ?? 'report',
    nowMs: input.nowMs,
  });
  const scores =
    project.profile === 'ml' ? mlScores(input, report, chosen) : businessScores(input, report, chosen);
  const weights = project.profile === 'ml' ? ML_WEIGHTS : BUSINESS_WEIGHTS;
  const age = overallAge(chosen, weights, reportAge);
  const mode = projectMode(input, scores, chosen, age);
  return {
    id: project.id,
    path: project.path,
    profile: project.profile,
    scores,
    mode: mode.mode,
    modeWhy: mode.why,
    heldBy: mode.heldBy,
    confidence: confidenceOf(scores, chosen, weights, report),
    freshness: age.freshness,
    problem: problemText(evidence, measured, age, project.profile, chosen),
    reportAgeSeconds: age.ageSeconds,
    chosen,
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

type Chosen = Readonly<Record<string, ChosenScore>>;

function businessScores(input: AssessInput, report: ParsedReport | null, chosen: Chosen): Scores {
  return {
    ...report?.scores,
    integration: chosen['integration']?.value ?? null,
    wellbeing: effectiveWellbeing(input.wellbeing, numberIn(report, 'wellbeing'), input.nowMs),
    stability: chosen['stability']?.value ?? null,
  };
}

/** The report's own word for the load wins: it may speak of another machine, where the project runs. */
function mlScores(input: AssessInput, report: ParsedReport | null, chosen: Chosen): Scores {
  const stated = isTrusted(report) ? numberIn(report, 'computation_load') : null;
  const here = computationLoad(input.machine);
  const isMeasured = chosen['model_health']?.source === 'measured';
  return {
    ...report?.scores,
    model_health: chosen['model_health']?.value ?? null,
    embedding_quality: chosen['embedding_quality']?.value ?? null,
    computation_load: isMeasured ? (here ?? stated) : (stated ?? here),
  };
}

/** The worst of a person's HALT, the report's own mode and what the scores ask for; amber takes FAST away. */
function projectMode(
  input: AssessInput,
  scores: Scores,
  chosen: Chosen,
  age: FreshnessJudgement,
): ModeJudgement {
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
  if (judged.mode === 'HALT') {
    const lowered = loweredText(chosen);
    const why = `${judged.why ?? 'HALT'}${lowered}`;
    return isCleared(chosen, input.haltClearedAtMs)
      ? { mode: 'SAFE', why: `${why}, HALT cleared by hand`, heldBy: null }
      : { ...judged, why };
  }
  const stated = report === null || age.freshness === 'missing' ? null : report.mode;
  const isReportUsed = Object.values(chosen).some(({ source }) => source === 'report');
  if (isReportUsed && stated !== null && stated !== 'FAST' && judged.mode === 'FAST')
    return { mode: 'SAFE', why: `its report says ${stated}`, heldBy: null };
  if (judged.mode === 'FAST' && age.freshness !== 'fresh')
    return { mode: 'SAFE', why: age.why, heldBy: 'report-age' };
  return judged.mode === 'SAFE' && judged.heldBy === null
    ? { ...judged, why: `${judged.why ?? ''}${loweredText(chosen)}` }
    : judged;
}

/** A person cleared the HALT after the evidence that asks for it came to be. */
function isCleared(chosen: Chosen, clearedAtMs: number | null): boolean {
  if (clearedAtMs === null) return false;
  const halting = Object.values(chosen).filter(({ value }) => value !== null && value < HALT_BELOW);
  return halting.every(({ newestAtMs }) => newestAtMs !== null && newestAtMs <= clearedAtMs);
}

function loweredText(chosen: Chosen): string {
  const lowered = chosen['stability']?.lowered ?? null;
  return lowered === null ? '' : ` (${lowered})`;
}

const FROM_BEST = ['fresh', 'amber', 'stale', 'clock-wrong', 'missing'] as const;

/** The report's age, or where scores were measured, the worst age of what the scores rest on. */
function overallAge(
  chosen: Chosen,
  weights: Readonly<Record<string, number>>,
  reportAge: FreshnessJudgement,
): FreshnessJudgement {
  const used = Object.entries(chosen).filter(([name, { value }]) => value !== null && name in weights);
  if (!used.some(([, { source }]) => source === 'measured')) return reportAge;
  const rank = ({ freshness }: ChosenScore): number => FROM_BEST.indexOf(freshness);
  const [name, worst] = used.reduce((one, other) => (rank(other[1]) > rank(one[1]) ? other : one));
  const ages = used.flatMap(([, { ageSeconds }]) => (ageSeconds === null ? [] : [ageSeconds]));
  const measuredWhy = `${name} is measured from what is ${spanText((worst.ageSeconds ?? 0) * 1000)} old`;
  return {
    freshness: worst.freshness,
    ageSeconds: ages.length === 0 ? null : Math.max(...ages),
    why: worst.freshness === 'fresh' ? null : worst.source === 'report' ? reportAge.why : measuredWhy,
  };
}

/** Share of the scores' weight that had data; never more than the report in use states of itself. */
function confidenceOf(
  scores: Scores,
  chosen: Chosen,
  weights: Readonly<Record<string, number>>,
  report: ParsedReport | null,
): number {
  let known = 0;
  let all = 0;
  for (const [name, weight] of Object.entries(weights)) {
    all += weight;
    known += weight * (chosen[name]?.confidence ?? ((scores[name] ?? null) === null ? 0 : 1));
  }
  const isReportUsed = Object.values(chosen).some(({ source }) => source === 'report');
  return Math.min(known / all, isReportUsed ? (report?.confidence ?? 1) : 1);
}

function isTrusted(report: ParsedReport | null): boolean {
  return (report?.confidence ?? 1) >= MIN_CONFIDENCE;
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

function numberIn(report: ParsedReport | null, name: string): number | null {
  const value = report?.scores[name];
  return typeof value === 'number' ? value : null;
}

function problemText(
  evidence: Evidence,
  measured: MeasuredEvidence | null,
  age: FreshnessJudgement,
  profile: Profile,
  chosen: Chosen,
): string | null {
  const isMeasured = Object.values(chosen).some(({ source }) => source === 'measured');
  const isSilent = isMeasured && profile === 'business' && (chosen['stability']?.value ?? null) === null;
  const said = evidence.report?.profile ?? null;
  const mismatch = said !== null && said !== profile ? `report is of profile ${said}, not ${profile}` : null;
  const parts = [
    evidence.problem,
    mismatch,
    evidence.problem !== null && evidence.report === null ? null : age.why,
    ...(measured?.problems ?? []),
    isSilent ? 'nothing tells of stability: no report, and no deployment or incident is recorded' : null,
  ];
  const text = parts.filter((part) => part !== null).join('; ');
  return text === '' ? null : text;
}
