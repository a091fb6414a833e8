import { plainText } from '../projects/plain-text.ts';
import type { MetricFacts } from './metric-facts.ts';
import { LEFT_OUT, METRICS } from './metric-table.ts';
import type { Distribution, DistributionMetric, Metric, NumberMetric, Sample } from './metric.ts';

export type Reading =
  | { readonly metric: NumberMetric; readonly samples: readonly Sample[] }
  | { readonly metric: DistributionMetric; readonly distribution: Distribution };

const LABEL_LONGEST = 64;

/**
 * The whole table read at once, for every exit alike: labels are one short line each, no two samples of a metric
 * have the same labels, none is without a finite number, and no metric has more than its limit.
 */
export function readMetrics(facts: MetricFacts, metrics: readonly Metric[] = METRICS): readonly Reading[] {
  let leftOut = 0;
  const readings = metrics.map((metric): Reading => {
    if (metric.kind === 'histogram') return { metric, distribution: metric.read(facts) };
    const kept = new Map<string, Sample>();
    for (const { labels, value } of metric.read(facts)) {
      const clean = Object.fromEntries(
        metric.labels.map((name) => [name, plainText(labels[name] ?? '', LABEL_LONGEST)]),
      );
      const key = JSON.stringify(clean);
      if (!Number.isFinite(value) || kept.has(key) || kept.size >= metric.most) leftOut += 1;
      else kept.set(key, { labels: clean, value });
    }
    return { metric, samples: [...kept.values()] };
  });
  return [...readings, { metric: LEFT_OUT, samples: [{ labels: {}, value: leftOut }] }];
}
