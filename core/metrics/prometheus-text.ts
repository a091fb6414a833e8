import type { MetricFacts } from './metric-facts.ts';
import type { Distribution, Metric } from './metric.ts';
import { readMetrics, type Reading } from './read-metrics.ts';

export interface MetricsText {
  readonly contentType: string;
  readonly text: string;
}

/** The metrics in the text format of Prometheus. Its library is loaded at the first call, and never without one. */
export function createPrometheusText(): (facts: MetricFacts) => Promise<MetricsText> {
  let loading: Promise<Registry> | null = null;
  return async (facts) => {
    const registry = await (loading ??= loadRegistry());
    return registry(readMetrics(facts));
  };
}

type Registry = (readings: readonly Reading[]) => Promise<MetricsText>;

/** One registry a scrape: a series that is gone leaves nothing behind. */
async function loadRegistry(): Promise<Registry> {
  const { Counter, Gauge, Registry: PromRegistry } = (await import('prom-client')).default;
  return async (readings) => {
    const registry = new PromRegistry();
    for (const reading of readings) {
      const { name, help, labels } = reading.metric;
      if ('distribution' in reading) {
        registry.registerMetric(histogramOf(reading.metric, reading.distribution) as never);
        continue;
      }
      if (reading.samples.length === 0) continue;
      const settings = { name, help, labelNames: labels, registers: [registry] };
      if (reading.metric.kind === 'counter') {
        const counter = new Counter(settings);
        for (const { labels: of, value } of reading.samples) counter.inc(of, value);
      } else {
        const gauge = new Gauge(settings);
        for (const { labels: of, value } of reading.samples) gauge.set(of, value);
      }
    }
    return { contentType: registry.contentType, text: await registry.metrics() };
  };
}

/** The library's own histogram takes single values; ours are counted already. */
function histogramOf({ name, help }: Metric, { bounds, counts, sum }: Distribution): object {
  let below = 0;
  const buckets = counts.map((count, index) => {
    below += count;
    const bound = bounds[index];
    return {
      labels: { le: bound === undefined ? '+Inf' : bound },
      metricName: `${name}_bucket`,
      value: below,
    };
  });
  const values = [
    ...buckets,
    { labels: {}, metricName: `${name}_sum`, value: sum },
    { labels: {}, metricName: `${name}_count`, value: below },
  ];
  return { name, get: () => Promise.resolve({ name, help, type: 'histogram', values }) };
}
