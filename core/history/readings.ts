import type { Snapshot } from '../../shared/contract/state.ts';
import { VERDICTS } from '../../shared/contract/vocabulary.ts';
import {
  forecastMetric,
  LEVEL_METRIC,
  metricOf,
  rounded,
  scoreMetric,
  UNKNOWN_LEVEL,
  verdictMetric,
} from './metric.ts';

/** Metric name to number; what could not be read is not in it. */
export type Readings = ReadonlyMap<string, number>;

/** What the snapshot does not hold. */
export interface OwnReadings {
  /** Of one core, since the tick before; null at the first. */
  readonly ownCpuPercent: number | null;
  readonly ownMemoryMb: number | null;
  /** Since the tick before. */
  readonly throttles: number | null;
}

/** Every number of one tick that is kept. Words (cooling, network) are not: history draws lines. */
export function readingsOf(snapshot: Snapshot, own: OwnReadings): Readings {
  const { energy, machine, draw, forecast, projects } = snapshot;
  const readings = new Map<string, number>();
  const add = (name: string, value: unknown): void => {
    const metric = metricOf(name);
    if (metric === null || typeof value !== 'number' || !Number.isFinite(value)) return;
    readings.set(name, rounded(value, metric.decimals));
  };
  // Machines without a battery or a UPS have no such line at all.
  const ups = energy.ups.find(({ feedsThisMachine }) => feedsThisMachine) ?? energy.ups[0];
  const upsAnswers = ups?.problem === null;

  add('percent', energy.percent);
  add('levelValue', energy.levelValue);
  add(LEVEL_METRIC, energy.levelValue ?? UNKNOWN_LEVEL);
  add('netPowerW', energy.netPowerW);
  add('drawW', draw?.powerW);
  add('hottestC', energy.thermal.hottestC);
  add('cpuPercent', machine.cpuPercent);
  add('memoryPercent', machine.memoryPercent);
  add('gpuPercent', machine.gpuPercent);
  if (upsAnswers) {
    add('upsChargePercent', ups.chargePercent);
    add('upsRuntimeSeconds', ups.runtimeSeconds);
    add('upsLoadPercent', ups.loadPercent);
  }
  for (const { thresholdPercent, minutes50 } of forecast) add(forecastMetric(thresholdPercent), minutes50);
  for (const [name, value] of Object.entries(own)) add(name, value);
  for (const project of projects) {
    for (const [score, value] of Object.entries(project.scores)) add(scoreMetric(project.id, score), value);
    const verdict = project.decisions[project.defaultChange]?.verdict;
    if (verdict !== undefined)
      add(verdictMetric(project.id, project.defaultChange), VERDICTS.indexOf(verdict));
  }
  return readings;
}
