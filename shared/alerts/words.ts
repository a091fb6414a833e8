import type { Snapshot } from '../contract/state.ts';
import { minutesText, percentText, wattsText } from '../view/quantities.ts';

/** "About 50 min to 5 %": the next border below the charge. Empty while there is no forecast. */
export function forecastSentence({ energy, forecast }: Snapshot): string {
  const { percent } = energy;
  const next = forecast
    .filter((one) => percent === null || one.thresholdPercent < percent)
    .sort((one, other) => other.thresholdPercent - one.thresholdPercent)[0];
  if (next === undefined) return '';
  const goal = next.thresholdPercent === 0 ? 'empty' : percentText(next.thresholdPercent);
  return `About ${minutesText(next.minutes50)} to ${goal}.`;
}

/** "9 W", "9.1 W": no more digits than it has. */
export function roundWatts(powerW: number): string {
  return wattsText(powerW).replace(/\.0(?=\D)/, '');
}

/** "Battery 19 %", and the UPS's charge where it alone decides. */
export function chargeTitle({ energy }: Snapshot): string {
  if (energy.percent !== null) return `Battery ${percentText(energy.percent)}`;
  const ups = energy.ups.find((one) => one.feedsThisMachine && one.onBattery === true);
  if (ups !== undefined && ups.chargePercent !== null) return `UPS ${percentText(ups.chargePercent)}`;
  return `Energy ${energy.level}`;
}

/** Sentences joined by a space, empty ones left out. */
export function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/** With a full stop, if it has none. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' || /[.?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** With a capital letter in front. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "two jobs", "1 job". */
export function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
