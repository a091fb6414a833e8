import type { MetricFacts } from './metric-facts.ts';

/** One line of a metric: what it is of, and its number in the metric's own unit. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** How often what took how long. `counts` has one more than `bounds`: what was over the last. */
export interface Distribution {
  /** Upper bounds, rising, in the metric's own unit. */
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
  readonly sum: number;
}

interface Declared {
  /** With `orch_` before it and the unit at its end; a counter ends in `_total`. */
  readonly name: string;
  /** One sentence, without a full stop. */
  readonly help: string;
  /** In the notation of UCUM, as OTLP wants it: "W", "A", "s", "By", "Cel", "J", "1". */
  readonly unit: string;
  readonly labels: readonly string[];
  /** No more lines than these are ever shown; what is over is left out and counted. */
  readonly most: number;
}

export interface NumberMetric extends Declared {
  /** A counter rises only, and may begin anew. */
  readonly kind: 'gauge' | 'counter';
  /**
   * `run`: counts since the core started. `record`: counts what is recorded, from before the core started.
   * Only for counters.
   */
  readonly since?: 'run' | 'record';
  /** What is not known gives no sample, never a zero. */
  readonly read: (facts: MetricFacts) => readonly Sample[];
}

export interface DistributionMetric extends Declared {
  readonly kind: 'histogram';
  readonly read: (facts: MetricFacts) => Distribution;
}

/** One declaration serves Prometheus, OTLP and the table of docs/metrics.md. */
export type Metric = NumberMetric | DistributionMetric;

type Given<T> = Omit<T, 'kind' | 'unit' | 'labels' | 'most'> & Partial<Omit<Declared, 'name' | 'help'>>;
/** A number without a unit, on one line. */
const PLAIN = { unit: '1', labels: [], most: 1 } as const;

export function gauge(given: Given<NumberMetric>): Metric {
  return { ...PLAIN, ...given, kind: 'gauge' };
}

export function counter(given: Given<NumberMetric> & Required<Pick<NumberMetric, 'since'>>): Metric {
  return { ...PLAIN, ...given, kind: 'counter' };
}

export function histogram(given: Given<DistributionMetric>): Metric {
  return { ...PLAIN, ...given, kind: 'histogram' };
}

/** One sample, or none where the number is not known. */
export function sample(
  value: number | boolean | null | undefined,
  labels: Readonly<Record<string, string>> = {},
): readonly Sample[] {
  if (value === null || value === undefined) return [];
  return [{ labels, value: Number(value) }];
}

/** A share 0..1 of a percentage; null stays null. */
export function ratio(percent: number | null | undefined): number | null {
  return percent === null || percent === undefined ? null : percent / 100;
}
