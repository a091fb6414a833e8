import type { MetricFacts } from '../../../../core/metrics/metric-facts.ts';
import type { Metric, Sample } from '../../../../core/metrics/metric.ts';
import { readMetrics, type Reading } from '../../../../core/metrics/read-metrics.ts';
import type { Snapshot } from '../../../../shared/contract/state.ts';
import { bareSnapshot } from '../../../fakes/bare-snapshot.ts';

/** Facts of a core of which nothing is known yet. */
export function bareFacts(over: Partial<MetricFacts> = {}, snapshot: Partial<Snapshot> = {}): MetricFacts {
  return {
    snapshot: { ...bareSnapshot('UNKNOWN'), ...snapshot },
    projects: [],
    record: null,
    loop: { ticks: 0, tickDurations: { bounds: [1], counts: [0, 0], sum: 0 }, lastTickAtMs: null, faults: 0 },
    sloViolations: [],
    own: { cpuSeconds: 1.5, residentBytes: 70e6 },
    startedAtMs: Date.parse('2026-01-05T09:00:00Z'),
    ...over,
  };
}

/** The samples of one metric. */
export function samplesOf(name: string, facts: MetricFacts, metrics?: readonly Metric[]): readonly Sample[] {
  const readings: readonly Reading[] = readMetrics(facts, metrics);
  const found = readings.find(({ metric }) => metric.name === name);
  if (found === undefined) throw new Error(`no metric is called ${name}`);
  return 'samples' in found ? found.samples : [];
}
