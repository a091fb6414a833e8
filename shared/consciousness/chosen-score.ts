import type { Freshness, Profile, ScoreSource } from '../contract/vocabulary.ts';
import type { ParsedReport } from './evidence.ts';
import type { FreshnessJudgement } from './freshness.ts';
import { measuredScore, type MeasuredInput, type MeasuredScore } from './measured-score.ts';
import type { Measurements } from './measurement.ts';
import { MIN_CONFIDENCE } from './score.ts';
import { formulasOf } from './score-formulas.ts';
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

export interface ScoreSources {
  readonly profile: Profile;
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
 * and the report does not know of is taken off the report's stability.
 */
export function chosenScores(sources: ScoreSources): Readonly<Record<string, ChosenScore>> {
  const { profile, measured, nowMs } = sources;
  const measurements =
    measured === null ? {} : { ...recordMeasurements(measured.record, nowMs), ...measured.measurements };
  const chosen = formulasOf(profile).map((formula) => {
    const own = measuredScore(formula, measurements, nowMs);
    return [formula.score, choose(formula.score, own, sources)] as const;
  });
  return Object.fromEntries(chosen);
}

function choose(name: string, own: MeasuredScore, sources: ScoreSources): ChosenScore {
  const { report, age, prefer } = sources;
  const stated = report === null ? null : report.scores[name];
  const value = typeof stated === 'number' ? stated : null;
  const trust = report?.confidence ?? 1;
  const isUsable = report !== null && value !== null && trust >= MIN_CONFIDENCE;
  const reportWins = isUsable && (own.value === null || (prefer === 'report' && age.freshness === 'fresh'));
  if (reportWins) {
    const loss = name === 'stability' ? lossUnknownTo(report, sources) : null;
    return {
      value: Math.max(0, value - (loss?.points ?? 0)),
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

/** A report of our own guard says when it counted the record; another tool's cannot have known it. */
function lossUnknownTo(report: ParsedReport, { measured, nowMs }: ScoreSources): RecordLoss {
  return recordLoss(measured?.record ?? null, countedRecordAtMs(report) ?? -Infinity, nowMs);
}

/** The instant up to which the record is in the report's stability; null when it is not. */
export function countedRecordAtMs(report: ParsedReport): number | null {
  const { evidence } = report.fields;
  if (typeof evidence !== 'object' || evidence === null) return null;
  const counted = (evidence as Record<string, unknown>)['recordCountedAt'];
  const atMs = typeof counted === 'string' ? Date.parse(counted) : Number.NaN;
  return Number.isFinite(atMs) && atMs <= report.fileChangedAtMs + 1000 ? atMs : null;
}
