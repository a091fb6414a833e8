import type { ModelMetrics } from '../../shared/consciousness/model-health.ts';
import type { EvidenceReader } from './evidence-file.ts';
import { jsonFields, type JsonFields } from './json-fields.ts';

/** A model's metrics as a file states them. */
export interface StatedMetrics {
  readonly model: ModelMetrics;
  /** Where the file holds `baseline` itself. */
  readonly baseline: ModelMetrics | null;
  /** Null: the file's own time counts. Wall milliseconds. */
  readonly generatedAtMs: number | null;
}

const LATENCY_NAMES = ['latencyMs', 'latency_ms', 'inferenceLatencyMs', 'inference_latency_ms'] as const;
/** A day: nobody waits longer for one answer of a model. */
const LONGEST_LATENCY_MS = 86_400_000;

/**
 * `{"accuracy": 0..1, "drift": 0..1, "latencyMs": N, "generatedAt": "...", "baseline": {...}}`. Shares, not
 * percent: an accuracy of 91 is refused rather than guessed at. Throws a FileProblem.
 */
export function parseModelMetrics(text: string): StatedMetrics {
  const fields = jsonFields(text);
  const model = metricsIn(fields);
  if (model.accuracy === null && model.drift === null && model.latencyMs === null)
    throw fields.problem(null, 'holds none of accuracy, drift and latencyMs');
  const inner = fields.object('baseline');
  return {
    model,
    baseline: inner === null ? null : metricsIn(inner),
    generatedAtMs: fields.instant('generatedAt'),
  };
}

function metricsIn(fields: JsonFields): ModelMetrics {
  const latencyName = LATENCY_NAMES.find((name) => fields.has(name)) ?? 'latencyMs';
  return {
    accuracy: fields.number('accuracy', 0, 1),
    drift: fields.number('drift', 0, 1),
    latencyMs: fields.number(latencyName, 0, LONGEST_LATENCY_MS),
  };
}

export const modelReader: EvidenceReader<StatedMetrics> = {
  limitBytes: 1024 * 1024,
  // eslint-disable-next-line require-yield -- small enough to be read in one go
  *parse(text) {
    return parseModelMetrics(text);
  },
};
