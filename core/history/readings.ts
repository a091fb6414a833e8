import type { Snapshot } from '../../shared/contract/state.ts';
import { VERDICTS } from '../../shared/contract/vocabulary.ts';
import {
  decimalsOf,
  forecastMetric,
  LEVEL_METRIC,
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
  const add = (name: string, value: number | null | undefined): void => {
    if (value === null || value === undefined || !Number.isFinite(value)) return;
    const decimals = decimalsOf(name);
    if (decimals !== null) readings.set(name, rounded(value, decimals));
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
  add('ownCpuPercent', own.ownCpuPercent);
  add('ownMemoryMb', own.ownMemoryMb);
  add('throttles', own.throttles);
  for (const project of projects) {
    for (const [score, value] of Object.entries(project.scores))
      if (typeof value === 'number') add(scoreMetric(project.id, score), value);
    const verdict = project.decisions[project.defaultChange]?.verdict;
    if (verdict !== undefined)
      add(verdictMetric(project.id, project.defaultChange), VERDICTS.indexOf(verdict));
  }
  return readings;
}
