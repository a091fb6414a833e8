import type { Freshness, ScoreSource } from '../contract/vocabulary.ts';
import { RECORD_INPUTS } from './evidence-inputs.ts';
import type { ParsedReport } from './evidence.ts';
import type { FreshnessJudgement } from './freshness.ts';
import { measuredScore, type MeasuredInput, type MeasuredScore } from './measured-score.ts';
import type { Measure, Measurements } from './measurement.ts';
import { evidenceFormulas, type ProfileDefinition } from './profile-definition.ts';
import { MIN_CONFIDENCE } from './score.ts';
import type { Formula } from './score-formulas.ts';
import { recordLoss, recordMeasurements, type RecordFacts, type RecordLoss } from './stability.ts';

/** What is measured of one project besides its report. */
export interface MeasuredEvidence {
  readonly measurements: Measurements;
  /** What the app itself recorded of it; null where no record is at hand. */
  readonly record: RecordFacts | null;
  /** What is wrong with the evidence, each naming file, line and field. */
  readonly problems: readonly string[];
}

/** A score, where it comes from and how far it may be trusted. */
export interface ChosenScore {
  readonly value: number | null;
  /** How it is measured. */
  readonly formula: Formula;
  readonly source: ScoreSource;
  /** Share of its weight that had data, 0..1. */
  readonly confidence: number;
  readonly freshness: Freshness;
  readonly ageSeconds: number | null;
  /** Of the newest evidence it rests on; a HALT cleared after it does not come back. */
  readonly newestAtMs: number | null;
  readonly inputs: readonly MeasuredInput[];
  /** What was taken off for the record's sake: "critical incident 2 min ago". */
  readonly lowered: string | null;
}

/** By the score's name, in the profile's order. */
export type ChosenScores = Readonly<Record<string, ChosenScore>>;

export interface ScoreSources {
  readonly profile: ProfileDefinition;
  /** Null where it is missing or too old to count. */
  readonly report: ParsedReport | null;
  readonly age: FreshnessJudgement;
  readonly measured: MeasuredEvidence | null;
  /** `report`: a fresh report wins (the core). `measured`: only what cannot be measured is taken from it. */
  readonly prefer: 'report' | 'measured';
  readonly nowMs: number;
}

/**
 * Each score of the profile from the report or from what was measured. A fresh report wins and measuring fills in
 * what it lacks; against a report that is not fresh, what could be measured wins. Trouble that the app recorded
 * and the report does not know of is taken off the scores that tell of it.
 */
export function chosenScores(sources: ScoreSources): ChosenScores {
  const { profile, measured, nowMs } = sources;
  const measurements =
    measured === null ? {} : { ...recordMeasurements(measured.record, nowMs), ...measured.measurements };
  const chosen = evidenceFormulas(profile).map((formula) => {
    const own = measuredScore(formula, measurements, nowMs);
    return [formula.score, choose(formula, own, sources)] as const;
  });
  return Object.fromEntries(chosen);
}

function choose(formula: Formula, own: MeasuredScore, sources: ScoreSources): ChosenScore {
  const { report, age, prefer } = sources;
  const stated = report === null ? null : report.scores[formula.score];
  const value = typeof stated === 'number' ? stated : null;
  const trust = report?.confidence ?? 1;
  const isUsable = report !== null && value !== null && trust >= MIN_CONFIDENCE;
  const reportWins = isUsable && (own.value === null || (prefer === 'report' && age.freshness === 'fresh'));
  if (reportWins) {
    const loss = readsRecord(formula) ? lossUnknownTo(report, sources, formula) : null;
    return {
      value: worsened(value, loss?.points ?? 0, formula),
      formula,
      source: 'report',
      confidence: 1,
      freshness: age.freshness,
      ageSeconds: age.ageSeconds,
      newestAtMs: Math.max(report.fileChangedAtMs, loss?.newestAtMs ?? 0),
      inputs: (loss?.why ?? null) === null ? [] : own.inputs,
      lowered: loss?.why ?? null,
    };
  }
  const isNone = own.value === null;
  return {
    value: own.value,
    formula,
    source: isNone ? 'none' : 'measured',
    // The writer itself does not trust its numbers: they are shown as none, and its word on that stands.
    confidence: !isNone ? own.confidence : value === null ? 0 : trust,
    freshness: own.freshness,
    ageSeconds: own.ageSeconds,
    newestAtMs: own.newestAtMs,
    inputs: own.inputs,
    lowered: null,
  };
}

/** Whether what the app recorded is taken off a score, as it is from stability. */
export function readsRecord({ kind, groups }: Formula): boolean {
  return kind === 'losses' && recordInputs(groups).length > 0;
}

function recordInputs(groups: Formula['groups']): readonly Measure[] {
  const measures = groups.flatMap(({ inputs }) => inputs.map(({ measure }) => measure));
  return measures.filter((measure) => RECORD_INPUTS.includes(measure));
}

function worsened(value: number, points: number, { better }: Formula): number {
  return better === 'higher' ? Math.max(0, value - points) : Math.min(100, value + points);
}

/** A report of our own guard says when it counted the record; another tool's cannot have known it. */
function lossUnknownTo(
  report: ParsedReport,
  { measured, nowMs }: ScoreSources,
  { groups }: Formula,
): RecordLoss {
  const sinceMs = countedRecordAtMs(report) ?? -Infinity;
  return recordLoss(measured?.record ?? null, { sinceMs, nowMs, counts: recordInputs(groups) });
}

/** The instant up to which the record is in the report's stability; null when it is not. */
export function countedRecordAtMs(report: ParsedReport): number | null {
  const { evidence } = report.fields;
  if (typeof evidence !== 'object' || evidence === null) return null;
  const counted = (evidence as Record<string, unknown>)['recordCountedAt'];
  const atMs = typeof counted === 'string' ? Date.parse(counted) : Number.NaN;
  return Number.isFinite(atMs) && atMs <= report.fileChangedAtMs + 1000 ? atMs : null;
}
