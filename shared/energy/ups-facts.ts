import type { UpsReading } from '../contract/energy.ts';

/** What one answer of a UPS daemon says about the UPS itself, without who asked and when. */
export type UpsFacts = Pick<
  UpsReading,
  | 'status'
  | 'onBattery'
  | 'lowBattery'
  | 'replaceBattery'
  | 'forcedShutdown'
  | 'bypass'
  | 'overload'
  | 'off'
  | 'calibrating'
  | 'commLost'
  | 'chargePercent'
  | 'runtimeSeconds'
  | 'loadPercent'
>;

/** A UPS about which nothing is known yet. */
export const UNKNOWN_UPS: UpsFacts = {
  status: '',
  onBattery: null,
  lowBattery: false,
  replaceBattery: false,
  forcedShutdown: false,
  bypass: false,
  overload: false,
  off: false,
  calibrating: false,
  commLost: false,
  chargePercent: null,
  runtimeSeconds: null,
  loadPercent: null,
};

/**
 * A plain decimal number as UPS daemons print it: "100", "045.2", " 96.90", and "98,5" from one that runs in a
 * language with decimal commas. Anything else ("10:30", "N/A", "1,234", "0x10", an empty text) is null, because a
 * wrong number is worse than none.
 */
export function plainNumber(text: string | undefined): number | null {
  const trimmed = text?.trim() ?? '';
  if (!/^[+-]?(\d{1,15}(\.\d*|,\d{1,2})?|\.\d+)$/.test(trimmed)) return null;
  return Number(trimmed.replace(',', '.'));
}

/** A number that may carry its unit, as "45 %"; null with any other unit. */
export function numberIn(unit: RegExp, text: string | undefined): number | null {
  return plainNumber(text?.trim().replace(unit, ''));
}

/** A charge in percent; null outside 0 to 100 (some devices report 120 or -143.2). */
export function possibleCharge(percent: number | null): number | null {
  return percent !== null && percent >= 0 && percent <= 100 ? percent : null;
}

/** A load in percent or a time in seconds; null below 0. Loads over 100 % happen: that is an overload. */
export function notNegative(amount: number | null): number | null {
  return amount !== null && amount >= 0 ? amount : null;
}

/** On line alone is false, on battery alone is true; neither or both is null (domain 1.1, never guessed). */
export function batteryFrom(onLine: boolean, onBattery: boolean): boolean | null {
  return onLine === onBattery ? null : onBattery;
}
