import { PRIVATE_SCORES } from '../../shared/consciousness/privacy.ts';
import type { HistoryMetric } from '../../shared/contract/history.ts';

/** What is known of a metric by its name alone. */
export interface Metric extends HistoryMetric {
  /** Digits behind the point that are kept and shown. */
  readonly decimals: number;
  /** A code for a word: asked for as `levels` or `verdicts`, never as a line. */
  readonly isCode: boolean;
}

interface Kind {
  readonly unit: string;
  readonly title: string;
  readonly decimals: number;
}

/** The level as a code, where `levelValue` has no number for UNKNOWN. */
export const LEVEL_METRIC = 'levelCode';
export const UNKNOWN_LEVEL = -1;

const MACHINE: Readonly<Record<string, Kind>> = {
  percent: { unit: '%', title: 'Charge', decimals: 2 },
  levelValue: { unit: 'level', title: 'Energy level', decimals: 0 },
  [LEVEL_METRIC]: { unit: 'level', title: 'Energy level', decimals: 0 },
  netPowerW: { unit: 'W', title: 'Into or out of the battery', decimals: 2 },
  drawW: { unit: 'W', title: 'Drawn by the machine', decimals: 2 },
  hottestC: { unit: '°C', title: 'Hottest sensor', decimals: 1 },
  throttles: { unit: 'times', title: 'Processor slowed down by heat', decimals: 0 },
  cpuPercent: { unit: '%', title: 'Processor', decimals: 1 },
  memoryPercent: { unit: '%', title: 'Memory', decimals: 1 },
  gpuPercent: { unit: '%', title: 'Graphics', decimals: 1 },
  upsChargePercent: { unit: '%', title: 'Charge of the UPS', decimals: 1 },
  upsRuntimeSeconds: { unit: 's', title: 'Time the UPS lasts', decimals: 0 },
  upsLoadPercent: { unit: '%', title: 'Load of the UPS', decimals: 1 },
  ownCpuPercent: { unit: '%', title: 'Processor time of this app, of one core', decimals: 2 },
  ownMemoryMb: { unit: 'MB', title: 'Memory of this app', decimals: 1 },
};

/** Minutes until the charge falls to a threshold. */
export function forecastMetric(thresholdPercent: number): string {
  return `forecastMinutesTo${thresholdPercent}`;
}

export function scoreMetric(project: string, score: string): string {
  return `score/${project}/${score}`;
}

export function verdictMetric(project: string, change: string): string {
  return `verdict/${project}/${change}`;
}

/** Null for a name that no metric can have. */
export function metricOf(name: string): Metric | null {
  const machine = Object.hasOwn(MACHINE, name) ? MACHINE[name] : undefined;
  const plain = { metric: name, project: null, private: false, isCode: false };
  if (machine !== undefined) return { ...plain, ...machine, isCode: name === LEVEL_METRIC };
  const threshold = /^forecastMinutesTo(\d+(?:\.\d+)?)$/.exec(name)?.[1];
  if (threshold !== undefined)
    return { ...plain, unit: 'min', title: `Forecast to ${threshold} %`, decimals: 0 };
  const [kind, project, what, ...more] = name.split('/');
  if (project === undefined || what === undefined || what === '' || more.length > 0) return null;
  const title = `${what} of ${project}`;
  if (kind === 'score')
    return {
      ...plain,
      unit: 'points',
      title,
      decimals: 1,
      project,
      private: PRIVATE_SCORES.includes(what),
    };
  return kind === 'verdict' ? { ...plain, unit: 'verdict', title, decimals: 0, project, isCode: true } : null;
}

const decimalsByName = new Map<string, number | null>();
/** Names that are remembered; a hundred projects have fewer. */
const NAMES_MOST = 4096;

/** Digits behind the point that a metric keeps; null for a name that none can have. Each tick asks for the same ones. */
export function decimalsOf(name: string): number | null {
  const known = decimalsByName.get(name);
  if (known !== undefined) return known;
  const decimals = metricOf(name)?.decimals ?? null;
  if (decimalsByName.size >= NAMES_MOST) decimalsByName.clear();
  decimalsByName.set(name, decimals);
  return decimals;
}

/** To the digits that the metric keeps. */
export function rounded(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}
