import type { ScalingConfig } from '../contract/scaling-config.ts';
import type { EnergyLevel, OperatingMode, RankedLevel } from '../contract/vocabulary.ts';

/** Where the settings say nothing: share of the way from min to max, in percent. */
export const LEVEL_SHARES: Readonly<Record<RankedLevel, number>> = {
  CRITICAL: 0,
  LOW: 0,
  MEDIUM: 50,
  HIGH: 75,
  FULL: 100,
};
export const MODE_SHARES: Readonly<Record<OperatingMode, number>> = {
  FULL_SPEED: 100,
  NORMAL: 100,
  EFFICIENT: 75,
  DEGRADED: 50,
  ONLY_FIXES: 0,
  DISABLED: 0,
  FROZEN: 0,
};

type Bounds = Pick<ScalingConfig, 'min' | 'max' | 'targets'>;

export interface Target {
  /** From min to max. */
  readonly instances: number;
  /** "HIGH, EFFICIENT, load 40 %: 75 % of the way from 1 to 5". */
  readonly text: string;
}

/**
 * The instances that level, operating mode and load ask for: the least of their three shares of the way from min to
 * max, rounded down. `loadRows` is how many rows of the load table are in force (`loadRowsInForce`). Null where the
 * level or the mode is not known: then nothing is asked for.
 */
export function target(
  { min, max, targets }: Bounds,
  level: EnergyLevel,
  mode: OperatingMode | null,
  loadPercent: number | null,
  loadRows: number,
): Target | null {
  if (level === 'UNKNOWN' || mode === null) return null;
  const ofLevel = targets.levels[level] ?? LEVEL_SHARES[level];
  const ofMode = targets.modes[mode] ?? MODE_SHARES[mode];
  const ofLoad = Math.min(
    100,
    ...loadTable(targets.load)
      .slice(0, loadRows)
      .map(({ sharePercent }) => sharePercent),
  );
  const share = Math.min(ofLevel, ofMode, ofLoad);
  const load = loadPercent === null ? 'load not known' : `load ${Math.round(loadPercent)} %`;
  const way = min === max ? `always ${max}` : `${share} % of the way from ${min} to ${max}`;
  // A hair more, for shares that binary fractions miss from below.
  return {
    instances: min + Math.floor(((max - min) * share) / 100 + 1e-9),
    text: `${level}, ${mode}, ${load}: ${way}`,
  };
}

/**
 * How many rows of the load table are in force, from the least loaded on. A row begins at its `fromPercent` and ends
 * `hysteresisPercent` below it. A load that is not known changes nothing.
 */
export function loadRowsInForce(
  before: number,
  loadPercent: number | null,
  load: Bounds['targets']['load'],
  hysteresisPercent: number,
): number {
  const rows = loadTable(load);
  if (loadPercent === null) return Math.min(before, rows.length);
  const begun = rows.filter(({ fromPercent }) => loadPercent >= fromPercent).length;
  const lasting = rows.filter(
    ({ fromPercent }, index) => index < before && loadPercent >= fromPercent - hysteresisPercent,
  ).length;
  return Math.max(begun, lasting);
}

function loadTable(rows: Bounds['targets']['load']): Bounds['targets']['load'] {
  return [...rows].sort((one, other) => one.fromPercent - other.fromPercent);
}
