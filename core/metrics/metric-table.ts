import { ENERGY_METRICS } from './energy-metrics.ts';
import { LOOP_METRICS } from './loop-metrics.ts';
import { MACHINE_METRICS } from './machine-metrics.ts';
import type { Metric } from './metric.ts';
import { PROJECT_METRICS } from './project-metrics.ts';
import { RECORD_METRICS } from './record-metrics.ts';
import { UPS_METRICS } from './ups-metrics.ts';

/** Every metric there is, in the order in which they are shown. */
export const METRICS: readonly Metric[] = [
  ...ENERGY_METRICS,
  ...UPS_METRICS,
  ...MACHINE_METRICS,
  ...PROJECT_METRICS,
  ...RECORD_METRICS,
  ...LOOP_METRICS,
];

/** How many lines did not fit under the limits above; not part of the table, since it counts the reading of it. */
export const LEFT_OUT: Metric & { readonly kind: 'gauge' } = {
  name: 'orch_metrics_left_out',
  help: 'Lines of the metrics above that were over their limit, or of no use as a number',
  kind: 'gauge',
  unit: '1',
  labels: [],
  most: 1,
  read: () => [],
};
