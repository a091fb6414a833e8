import type { PowerSupply } from '../contract/energy.ts';
import type { EnergyLevel } from '../contract/vocabulary.ts';

/** The last number of a grid source, with its age. Always shown under its label, never as this machine's own power. */
export interface GridReading {
  readonly label: string;
  readonly unit: string;
  /** Null when nothing is known, or what is known is too old. */
  readonly value: number | null;
  /** How long ago it was measured, by our clock; null without a value. */
  readonly ageSeconds: number | null;
  /** Why there is no value, or why no newer one; null when the last question was answered. */
  readonly problem: string | null;
}

export interface GridBounds {
  /** Which way is worse: higher for carbon intensity, lower for headroom. */
  readonly worseWhen: 'higher' | 'lower';
  /** From here on at most MEDIUM, and at most LOW; null sets no such bound. */
  readonly mediumAt: number | null;
  readonly lowAt: number | null;
}

export interface GridLimit {
  /** The best level that is left; null limits nothing. */
  readonly atMost: 'LOW' | 'MEDIUM' | null;
  readonly why: string | null;
}

const NO_LIMIT: GridLimit = { atMost: null, why: null };

/**
 * What the grid does to one project: nothing, unless the project says it runs there (domain 1.1). What is not
 * known limits nothing: it can only lower, and only on a number.
 */
export function gridLimit(reading: GridReading | null, bounds: GridBounds, runsOnGrid: boolean): GridLimit {
  const value = reading?.value ?? null;
  if (!runsOnGrid || reading === null || value === null) return NO_LIMIT;
  const reached = (bound: number | null): bound is number =>
    bound !== null && (bounds.worseWhen === 'higher' ? value >= bound : value <= bound);
  const told = (atMost: 'LOW' | 'MEDIUM', bound: number): GridLimit => {
    const side = bounds.worseWhen === 'higher' ? 'or more' : 'or less';
    return {
      atMost,
      why: `${reading.label}: ${value} ${reading.unit}, at most ${atMost} from ${bound} ${side}`,
    };
  };
  if (reached(bounds.lowAt)) return told('LOW', bounds.lowAt);
  if (reached(bounds.mediumAt)) return told('MEDIUM', bounds.mediumAt);
  return NO_LIMIT;
}

/** The level a limited project is judged with: the lower of the two. It is never raised; UNKNOWN stays UNKNOWN. */
export function levelUnderGrid(level: EnergyLevel, limit: GridLimit): EnergyLevel {
  if (limit.atMost === 'LOW' && (level === 'MEDIUM' || level === 'HIGH' || level === 'FULL')) return 'LOW';
  if (limit.atMost === 'MEDIUM' && (level === 'HIGH' || level === 'FULL')) return 'MEDIUM';
  return level;
}

/** The grid as one more link of the supply chain, for the list. It is never counted. */
export function gridSupply(reading: GridReading, readAt: string): PowerSupply {
  const shown =
    reading.value === null
      ? (reading.problem ?? 'nothing known yet')
      : `${reading.value} ${reading.unit}, ${ageText(reading.ageSeconds ?? 0)} old`;
  return {
    name: reading.label,
    kind: 'grid',
    scope: 'unknown',
    source: 'grid',
    online: null,
    status: null,
    percent: null,
    energyWh: null,
    energyFullWh: null,
    powerW: null,
    counted: false,
    reason: `grid (${shown}): can only lower projects that run on it`,
    readAt,
  };
}

function ageText(seconds: number): string {
  return seconds < 60 ? `${Math.floor(seconds)} s` : `${Math.floor(seconds / 60)} min`;
}
