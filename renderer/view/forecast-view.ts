import type { Forecast, ForecastError } from '../../shared/contract/energy.ts';
import { minutesText } from '../../shared/view/quantities.ts';
import type { Words } from '../words/words.ts';

export interface ForecastBand {
  readonly thresholdPercent: number;
  readonly label: string;
  readonly range: string;
  /** Where the band starts and ends, and its middle, as shares 0..1 of the longest band. */
  readonly from: number;
  readonly middle: number;
  readonly to: number;
}

/** "about 40–65 min to 5 %" for the next threshold below; null where there is no forecast. */
export function forecastLine(forecast: readonly Forecast[], words: Words): string | null {
  const next = byThreshold(forecast)[0];
  if (next === undefined) return null;
  return words.forecast.line(rangeText(next), words.forecast.to(next.thresholdPercent));
}

/** One band a threshold, the nearest first, on one common scale. */
export function forecastBands(forecast: readonly Forecast[], words: Words): readonly ForecastBand[] {
  const longestMinutes = Math.max(1, ...forecast.map((each) => each.minutes90));
  return byThreshold(forecast).map((each) => ({
    thresholdPercent: each.thresholdPercent,
    label: words.forecast.to(each.thresholdPercent),
    range: rangeText(each),
    from: each.minutes10 / longestMinutes,
    middle: each.minutes50 / longestMinutes,
    to: each.minutes90 / longestMinutes,
  }));
}

/**
 * "usually off by 11 min" for the next threshold, from the forecast's own record of what came true at such a
 * distance; null while it has none.
 */
export function forecastErrorText(
  forecast: readonly Forecast[],
  errors: readonly ForecastError[],
  words: Words,
): string | null {
  const next = byThreshold(forecast)[0];
  if (next === undefined) return null;
  const scored = errors
    .filter((error) => error.count > 0)
    .sort((one, other) => one.horizonMinutes - other.horizonMinutes);
  const match = scored.find((error) => error.horizonMinutes >= next.minutes50) ?? scored.at(-1);
  return match === undefined ? null : words.forecast.usuallyOff(minutesText(match.meanAbsoluteErrorMinutes));
}

function byThreshold(forecast: readonly Forecast[]): readonly Forecast[] {
  return [...forecast].sort((one, other) => other.thresholdPercent - one.thresholdPercent);
}

/** "40–65 min", "1 h 25 min–2 h": steps of five minutes from ten up, so that the numbers stay still. */
function rangeText({ minutes10, minutes90 }: Forecast): string {
  const low = steadyMinutes(minutes10);
  const high = steadyMinutes(minutes90);
  if (low === high) return minutesText(low);
  return high < 90 ? `${low}–${high}\u202fmin` : `${minutesText(low)}–${minutesText(high)}`;
}

function steadyMinutes(minutes: number): number {
  return minutes < 10 ? Math.round(minutes) : Math.round(minutes / 5) * 5;
}
