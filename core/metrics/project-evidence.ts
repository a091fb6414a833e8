import type { ParsedReport } from '../../shared/consciousness/evidence.ts';
import { FUTURE_MS, STALE_MS } from '../../shared/consciousness/freshness.ts';
import type { Measure, Measurement, Measurements } from '../../shared/consciousness/measurement.ts';
import { SCORE_FORMULAS } from '../../shared/consciousness/score-formulas.ts';

/** `measured`: read from the project's own files and addresses. `stated`: its report says so. */
export type EvidenceProvenance = 'measured' | 'stated';

export interface KnownNumber {
  readonly value: number;
  readonly provenance: EvidenceProvenance;
}

/** Shares are 0..1. A name that is missing is not known. */
export const EVIDENCE_NAMES = [
  'testsPassed',
  'testCoverage',
  'servicesUp',
  'drift',
  'performanceRegression',
  'satisfaction',
  'accuracy',
  'latencySeconds',
  'recall',
  'mrr',
  'ndcg',
] as const;
export type EvidenceName = (typeof EVIDENCE_NAMES)[number];
export type ProjectEvidence = Readonly<Partial<Record<EvidenceName, KnownNumber>>>;

/** Numbers that a report may state below `evidence`, or at its top; `Percent` or `_percent` may follow a share's name. */
interface StatedName {
  readonly name: EvidenceName;
  readonly names: readonly string[];
  readonly least: number;
  readonly most: number;
  /** Of a number in the report's own unit. */
  readonly scale: number;
}
export const STATED_NAMES: readonly StatedName[] = [
  share('testCoverage', ['testCoverage', 'test_coverage', 'coverage']),
  share('drift', ['drift', 'dataDrift', 'data_drift', 'modelDrift', 'model_drift']),
  {
    ...share('performanceRegression', ['performanceRegression', 'performance_regression']),
    least: -1,
    most: 100,
  },
  share('satisfaction', ['satisfaction', 'userSatisfaction', 'user_satisfaction', 'customerSatisfaction']),
  share('accuracy', ['accuracy', 'modelAccuracy', 'model_accuracy']),
  {
    name: 'latencySeconds',
    names: ['inferenceLatencyMs', 'inference_latency_ms', 'latencyMs', 'latency_ms'],
    least: 0,
    most: 86_400_000,
    scale: 1 / 1000,
  },
];

function share(name: EvidenceName, names: readonly string[]): StatedName {
  return { name, names, least: 0, most: 1, scale: 1 };
}

/**
 * What is known of one project in numbers. What was measured wins over what a report states; what is too old to
 * count for a score is not known here either.
 */
export function projectEvidence(
  measurements: Measurements,
  report: ParsedReport | null,
  nowMs: number,
): ProjectEvidence {
  return { ...statedEvidence(report, nowMs), ...measuredEvidence(measurements, nowMs) };
}

function measuredEvidence(measurements: Measurements, nowMs: number): ProjectEvidence {
  const scaled = (measure: Measure): number | null => {
    const { value = null, atMs = null } = measurements[measure] ?? {};
    return value !== null && isYoung(measure, atMs, nowMs) ? value / 100 : null;
  };
  const stated = (measure: Measure): Measurement['stated'] | null => {
    const number = measurements[measure]?.stated;
    return number !== undefined && isYoung(measure, number.atMs, nowMs) ? number : null;
  };
  const latency = stated('latency');
  const found: Partial<Record<EvidenceName, number | null>> = {
    testsPassed: scaled('tests'),
    testCoverage: scaled('coverage'),
    servicesUp: scaled('services'),
    drift: stated('drift')?.value ?? null,
    accuracy: stated('accuracy')?.value ?? null,
    latencySeconds: latency === null || latency === undefined ? null : latency.value / 1000,
    performanceRegression: slower(latency ?? null),
    recall: scaled('recall'),
    mrr: scaled('mrr'),
    ndcg: scaled('ndcg'),
  };
  return known(Object.entries(found), 'measured');
}

/** How much slower than its baseline: 0.25 is a quarter slower, below zero is faster. */
function slower(latency: { readonly value: number; readonly baseline: number | null } | null): number | null {
  if (latency === null || latency.baseline === null || latency.baseline <= 0) return null;
  return latency.value / latency.baseline - 1;
}

function isYoung(measure: Measure, atMs: number | null, nowMs: number): boolean {
  const ages = SCORE_FORMULAS.flatMap(({ groups }) => groups)
    .flatMap(({ inputs }) => inputs)
    .find((input) => input.measure === measure)?.ages;
  if (atMs === null || ages === undefined) return false;
  return nowMs - atMs <= ages.keptMs && nowMs - atMs >= -FUTURE_MS;
}

function statedEvidence(report: ParsedReport | null, nowMs: number): ProjectEvidence {
  if (report === null) return {};
  const ageMs = nowMs - report.generatedAtMs;
  if (ageMs > STALE_MS || ageMs < -FUTURE_MS) return {};
  const inner = report.fields['evidence'];
  const places = [isFields(inner) ? inner : {}, report.fields];
  return known(
    STATED_NAMES.map((stated) => [stated.name, statedNumber(stated, places)]),
    'stated',
  );
}

function statedNumber(
  { names, least, most, scale }: StatedName,
  places: readonly Readonly<Record<string, unknown>>[],
): number | null {
  for (const place of places) {
    for (const name of names) {
      const plain = within(place[name], least, most);
      if (plain !== null) return plain * scale;
      const percent = within(place[`${name}Percent`] ?? place[`${name}_percent`], 100 * least, 100 * most);
      if (percent !== null && scale === 1) return percent / 100;
    }
  }
  return null;
}

function within(value: unknown, least: number, most: number): number | null {
  return typeof value === 'number' && value >= least && value <= most ? value : null;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function known(
  entries: readonly (readonly [string, number | null])[],
  provenance: EvidenceProvenance,
): ProjectEvidence {
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (value === null ? [] : [[name, { value, provenance }]])),
  );
}
