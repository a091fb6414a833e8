import type { Forecast } from '../../shared/contract/energy.ts';

/** Where the charge is expected at an instant: the middle, and the band it ends in eight times in ten. */
export interface ForecastPoint {
  readonly atMs: number;
  readonly percent: number;
}

export interface ForecastCone {
  readonly middle: readonly ForecastPoint[];
  /** Lasts shortest, and longest. */
  readonly early: readonly ForecastPoint[];
  readonly late: readonly ForecastPoint[];
}

const MINUTE_MS = 60_000;

/** The forecast as lines from the charge that is known now; null where there is none. */
export function forecastCone(
  forecast: readonly Forecast[],
  percent: number | null,
  nowMs: number,
): ForecastCone | null {
  if (percent === null || forecast.length === 0) return null;
  const below = forecast
    .filter(({ thresholdPercent }) => thresholdPercent < percent)
    .toSorted((one, other) => other.thresholdPercent - one.thresholdPercent);
  if (below.length === 0) return null;
  const line = (minutesOf: (each: Forecast) => number): readonly ForecastPoint[] => [
    { atMs: nowMs, percent },
    ...below.map((each) => ({ atMs: nowMs + minutesOf(each) * MINUTE_MS, percent: each.thresholdPercent })),
  ];
  return {
    middle: line(({ minutes50 }) => minutes50),
    early: line(({ minutes10 }) => minutes10),
    late: line(({ minutes90 }) => minutes90),
  };
}

/** How far into the time to come a view of `longMs` up to now reaches: far enough to see where it leads. */
export function forecastReachMs(cone: ForecastCone | null, nowMs: number, longMs: number): number {
  const endMs = cone?.late.at(-1)?.atMs ?? nowMs;
  return Math.min(Math.max(0, endMs - nowMs), longMs / 3);
}
