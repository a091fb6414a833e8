import { LATENCY_WORST_RATIO, POINTS_PER_ACCURACY_POINT } from './loss-points.ts';
import { unmeasured, type Measurement, type Measurements, type StatedNumber } from './measurement.ts';

/** What is known of a model, or of the one it is held against. Null is "not stated". */
export interface ModelMetrics {
  /** 0..1. */
  readonly accuracy: number | null;
  /** How far the data moved from what it learnt, 0..1. */
  readonly drift: number | null;
  readonly latencyMs: number | null;
}

/**
 * A model's metrics against their baseline (domain 1.2, model_health). Accuracy and latency mean nothing alone, so
 * without a baseline they apply and have no value.
 */
export function modelMeasurements(
  model: ModelMetrics,
  baseline: ModelMetrics | null,
  origin: { readonly source: string; readonly atMs: number },
): Measurements {
  const { source, atMs } = origin;
  const measured = (value: number, detail: string): Measurement => ({
    value: Math.min(100, Math.max(0, value)),
    atMs,
    source,
    detail,
    problem: null,
  });
  const lacking = (name: string): Measurement => unmeasured(source, `${source} does not state ${name}`);
  const noBaseline = (name: string): Measurement =>
    unmeasured(source, `no baseline for ${name}: name one with modelBaseline`);

  const accuracy = (): Measurement => {
    if (model.accuracy === null) return lacking('accuracy');
    if (baseline === null || baseline.accuracy === null) return noBaseline('accuracy');
    const belowPoints = Math.max(0, (baseline.accuracy - model.accuracy) * 100);
    return measured(
      100 - belowPoints * POINTS_PER_ACCURACY_POINT,
      `accuracy ${rounded(model.accuracy)}, baseline ${rounded(baseline.accuracy)}`,
    );
  };
  const latency = (): Measurement => {
    if (model.latencyMs === null) return lacking('latencyMs');
    if (baseline === null || !((baseline.latencyMs ?? 0) > 0)) return noBaseline('latencyMs');
    const ratio = model.latencyMs / (baseline.latencyMs ?? 1);
    return measured(
      (100 * (LATENCY_WORST_RATIO - ratio)) / (LATENCY_WORST_RATIO - 1),
      `${rounded(model.latencyMs)} ms, baseline ${rounded(baseline.latencyMs ?? 0)} ms`,
    );
  };
  const drift = (): Measurement =>
    model.drift === null
      ? lacking('drift')
      : measured(100 * (1 - model.drift), `drift ${rounded(model.drift)}`);
  const withNumber = (name: keyof ModelMetrics, measurement: Measurement): Measurement => {
    const value = model[name];
    if (value === null) return measurement;
    const stated: StatedNumber = { value, baseline: baseline?.[name] ?? null, atMs };
    return { ...measurement, stated };
  };
  return {
    accuracy: withNumber('accuracy', accuracy()),
    drift: withNumber('drift', drift()),
    latency: withNumber('latencyMs', latency()),
  };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
