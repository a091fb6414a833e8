import { countedRecordAtMs, readsRecord } from '../../shared/consciousness/chosen-score.ts';
import { PRIVATE_SCORES } from '../../shared/consciousness/privacy.ts';
import { SCORE_FORMULAS } from '../../shared/consciousness/score-formulas.ts';
import type { ConsciousnessReport } from '../../shared/contract/report.ts';
import { GUARD_NAME, type Guarded } from './guard.ts';

/**
 * The report a guard leaves behind. Fields it does not know are kept. A score that was taken over from the report
 * before keeps its age: the new report is dated as that one was, so that running the guard again and again makes
 * nothing fresh. Null when no score has a value.
 */
export function guardReport(
  { assessment, chosen, commit, report, haltStatedBy, isRecordCounted, nowMs }: Guarded,
  version: string,
): ConsciousnessReport | null {
  const values = Object.values(chosen).filter(({ value }) => value !== null);
  if (values.length === 0) return null;
  const isCarried = values.some(({ source }) => source === 'report');
  const generatedAtMs = isCarried ? Math.min(nowMs, report?.generatedAtMs ?? nowMs) : nowMs;
  const isCalmCarried = Object.values(chosen).some(
    ({ source, formula }) => source === 'report' && readsRecord(formula),
  );
  const carriedRecordAtMs = report !== null && isCalmCarried ? countedRecordAtMs(report) : null;
  const recordCountedAtMs = isRecordCounted ? nowMs : carriedRecordAtMs;
  const known = without(report?.fields ?? {}, [
    ...FLAT_SCORES,
    ...Object.keys(chosen),
    ...['commit', 'mode', 'evidence'],
  ]);
  const oldEvidence = report?.fields['evidence'];
  const otherEvidence = isFields(oldEvidence)
    ? without(oldEvidence, ['recordCountedAt', 'haltStatedBy', 'inputs'])
    : {};
  return {
    ...known,
    schemaVersion: 1,
    project: assessment.id,
    profile: assessment.profile,
    generatedAt: new Date(generatedAtMs).toISOString(),
    ...(commit !== null && { commit }),
    generator: `${GUARD_NAME} ${version}`,
    scores: scoresOf(assessment.scores, chosen, report?.scores ?? {}),
    ...(assessment.mode !== null && { mode: assessment.mode }),
    evidence: {
      ...otherEvidence,
      ...(recordCountedAtMs !== null && { recordCountedAt: new Date(recordCountedAtMs).toISOString() }),
      ...(haltStatedBy !== null && { haltStatedBy }),
      inputs: inputsOf(chosen),
    },
    confidence: rounded(Math.min(...values.map(({ confidence }) => confidence)), 100),
  };
}

/** Scores of the profile as evaluated; others as they stood. The person's own number is never added. */
function scoresOf(
  scores: Readonly<Record<string, number | string | null>>,
  chosen: Guarded['chosen'],
  before: Readonly<Record<string, number | string | null>>,
): Record<string, number | string | null> {
  const kept = Object.entries(scores).filter(([name]) => Object.hasOwn(before, name) && !(name in chosen));
  const own = Object.entries(chosen).map(([name, { value }]) => [
    name,
    value === null ? null : rounded(value, 10),
  ]);
  const stated = PRIVATE_SCORES.filter((name) => Object.hasOwn(before, name)).map((name) => [
    name,
    before[name] ?? null,
  ]);
  return Object.fromEntries([...kept, ...own, ...stated]) as Record<string, number | string | null>;
}

/** For people: the core takes the scores, not these. */
function inputsOf(chosen: Guarded['chosen']): Record<string, unknown> {
  const inputs = Object.values(chosen).flatMap((score) => score.inputs);
  return Object.fromEntries(
    inputs.map(({ name, value, weightPercent, ageSeconds, source, problem }) => [
      name,
      {
        value: value === null ? null : rounded(value, 10),
        weightPercent: rounded(weightPercent, 10),
        ageSeconds,
        source,
        ...(problem !== null && { problem }),
      },
    ]),
  );
}

/** In the flat form the scores are fields; they move into `scores`. */
const FLAT_SCORES = [...SCORE_FORMULAS.map(({ score }) => score), ...PRIVATE_SCORES, 'computation_load'];

function without(
  fields: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Down, so that 39.99 is never written as 40. */
function rounded(value: number, parts: number): number {
  return Math.floor(value * parts + 1e-9) / parts;
}
