import type { Freshness } from '../contract/vocabulary.ts';
import { FUTURE_MS, spanText } from './freshness.ts';
import type { Measure, Measurements } from './measurement.ts';
import { MIN_CONFIDENCE } from './score.ts';
import { LEAST_APPLICABLE, type Formula, type FormulaInput } from './score-formulas.ts';

export interface MeasuredInput {
  readonly name: Measure;
  /** 0..100; null without data that is young enough. */
  readonly value: number | null;
  /** Share of what applies, 0..100. */
  readonly weightPercent: number;
  readonly atMs: number | null;
  readonly ageSeconds: number | null;
  readonly freshness: Freshness;
  readonly source: string;
  readonly detail: string | null;
  readonly problem: string | null;
}

export interface MeasuredScore {
  readonly score: string;
  /** 0..100; null when too little applies or too little of that has data. */
  readonly value: number | null;
  /** Share of the weight that applies and has data, 0..1. */
  readonly confidence: number;
  /** The worst among what it rests on; `missing` without a value. */
  readonly freshness: Freshness;
  readonly ageSeconds: number | null;
  /** Of the newest evidence it rests on. */
  readonly newestAtMs: number | null;
  readonly inputs: readonly MeasuredInput[];
}

/**
 * One score from what was measured (domain 1.2). What does not apply has no weight; what applies and has no data
 * lowers the confidence and never the value.
 */
export function measuredScore(formula: Formula, measurements: Measurements, nowMs: number): MeasuredScore {
  const groups = formula.groups
    .map(({ weight, inputs }) => ({
      weight,
      inputs: inputs.filter(({ measure }) => measurements[measure] !== undefined),
    }))
    .filter(({ inputs }) => inputs.length > 0);
  const weightAll = sum(formula.groups.map(({ weight }) => weight));
  const weightApplies = sum(groups.map(({ weight }) => weight));
  const inputs = groups.flatMap((group) => {
    const shareAll = sum(group.inputs.map(({ share }) => share));
    return group.inputs.map((input) =>
      measuredInput(input, measurements, (group.weight / weightApplies) * (input.share / shareAll), nowMs),
    );
  });
  const known = inputs.filter((input) => input.value !== null);
  const confidence = Math.min(1, sum(known.map(({ weightPercent }) => weightPercent)) / 100);
  const isEnough = weightApplies / weightAll >= LEAST_APPLICABLE && confidence >= MIN_CONFIDENCE;
  const instants = known.flatMap(({ atMs }) => (atMs === null ? [] : [atMs]));
  const ages = known.flatMap(({ ageSeconds }) => (ageSeconds === null ? [] : [ageSeconds]));
  return {
    score: formula.score,
    value: isEnough ? valueOf(formula, known) : null,
    confidence: weightApplies === 0 ? 0 : confidence,
    freshness: !isEnough ? 'missing' : known.some((input) => input.freshness === 'amber') ? 'amber' : 'fresh',
    ageSeconds: ages.length === 0 ? null : Math.max(...ages),
    newestAtMs: instants.length === 0 ? null : Math.max(...instants),
    inputs,
  };
}

function valueOf({ kind, better }: Formula, known: readonly MeasuredInput[]): number {
  const good = kind === 'losses' ? afterLosses(known) : weightedMean(known);
  return better === 'higher' ? good : 100 - good;
}

function afterLosses(known: readonly MeasuredInput[]): number {
  return Math.max(0, 100 - sum(known.map(({ value }) => 100 - (value ?? 100))));
}

function weightedMean(known: readonly MeasuredInput[]): number {
  const weight = sum(known.map(({ weightPercent }) => weightPercent));
  return sum(known.map((input) => (input.value ?? 0) * input.weightPercent)) / weight;
}

function measuredInput(
  { measure, ages }: FormulaInput,
  measurements: Measurements,
  share: number,
  nowMs: number,
): MeasuredInput {
  const found = measurements[measure];
  const atMs = found?.atMs ?? null;
  const ageMs = atMs === null ? null : nowMs - atMs;
  const base = {
    name: measure,
    weightPercent: share * 100,
    atMs,
    ageSeconds: ageMs === null ? null : Math.max(0, Math.round(ageMs / 1000)),
    source: found?.source ?? '',
    detail: found?.detail ?? null,
  };
  const none = (freshness: Freshness, problem: string | null): MeasuredInput => ({
    ...base,
    value: null,
    freshness,
    problem,
  });
  const value = found?.value ?? null;
  if (value === null || ageMs === null) return none('missing', found?.problem ?? 'no data');
  if (ageMs < -FUTURE_MS)
    return none('clock-wrong', `${base.source} is dated ${spanText(-ageMs)} in the future`);
  if (ageMs > ages.keptMs) return none('missing', `${base.source} is ${spanText(ageMs)} old`);
  return {
    ...base,
    value: Math.min(100, Math.max(0, value)),
    freshness: ageMs > ages.freshMs ? 'amber' : 'fresh',
    problem: found?.problem ?? null,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
