import type { BatteryState } from '../../shared/contract/vocabulary.ts';

/** An attribute as a number in the kernel's unit (uWh, uAh, uV, uA, uW, percent); null when missing or unread. */
export type Attribute = (key: string) => number | null;

export interface BatteryFacts {
  readonly percent: number | null;
  readonly energyWh: number | null;
  readonly energyFullWh: number | null;
  /** Watts without a sign. */
  readonly magnitudeW: number | null;
  /** Amperes without a sign; null where the gauge tells none. */
  readonly magnitudeA: number | null;
  /** The driver's own sign is negative. The kernel's rule for `current_now`: that is discharging. */
  readonly isSignNegative: boolean;
}

const MICRO = 1_000_000;
/** Anything over is no reading of a computer's battery (domain 1.1, impossible readings). */
const MAX_POWER_W = 300;
const MAX_FULL_WH = 1000;
/** `capacity` counts whole percents, rounded either way: so far the energies may lie beside it. */
const CAPACITY_STEP = 1;
/** Old packs that hold more than at their last calibration report up to this much. */
const MAX_CAPACITY = 110;

/**
 * Charge, size and power of one battery from whatever its driver tells.
 * Energies come first; charges are turned into energy with the design voltage, as UPower does. The gauge's own
 * `capacity` wins where it disagrees with them by more than rounding, and stands in where they are missing.
 */
export function batteryFacts(read: Attribute, voltageV: () => number): BatteryFacts {
  const units = unitsOf(read, voltageV);
  const gauge = read('capacity');
  const capacity = capacityOf(gauge);
  const energyWh = units.nowWh;
  const fullWh = units.fullWh;
  const share = energyWh === null || fullWh === null || fullWh <= 0 ? null : (100 * energyWh) / fullWh;
  // Beside an impossible capacity an almost empty battery is one more wrong number of the same gauge.
  const ratio = gauge !== null && capacity === null && (share ?? 0) < 1 ? null : share;
  const percent = percentOf(capacity, ratio);
  return {
    percent,
    // What the percent says, so that sums over several batteries agree with what each shows.
    energyWh: fullWh === null || percent === null ? null : (fullWh * percent) / 100,
    energyFullWh: fullWh,
    ...powerOf(read, units.isCharge, voltageV),
  };
}

function percentOf(capacity: number | null, ratio: number | null): number | null {
  if (capacity === null) {
    // Far over its own full: garbage, and nothing to hold it against.
    return ratio === null || ratio > 150 ? null : Math.min(100, ratio);
  }
  if (ratio === null) return capacity;
  const clamped = Math.min(100, ratio);
  if (capacity === 0 && clamped > 0 && clamped < 100) return clamped;
  return ratio <= 150 && Math.abs(clamped - capacity) <= CAPACITY_STEP ? clamped : capacity;
}

function capacityOf(capacity: number | null): number | null {
  if (capacity === null || capacity < 0 || capacity > MAX_CAPACITY) return null;
  return Math.min(100, capacity);
}

interface Units {
  readonly isCharge: boolean;
  readonly nowWh: number | null;
  readonly fullWh: number | null;
}

/** Energy units when the driver tells an energy for "full", charge units otherwise. */
function unitsOf(read: Attribute, voltageV: () => number): Units {
  const fullEnergy = positive(read('energy_full')) ?? positive(read('energy_full_design'));
  if (fullEnergy !== null) {
    const nowWh = amount(read('energy_now')) ?? amount(read('energy_avg'));
    return { isCharge: false, nowWh, fullWh: size(fullEnergy) };
  }
  const fullCharge = positive(read('charge_full')) ?? positive(read('charge_full_design'));
  if (fullCharge === null) {
    const isZero = read('energy_full') === 0 || read('charge_full') === 0;
    return { isCharge: true, nowWh: null, fullWh: isZero ? 0 : null };
  }
  const nowAh = amount(read('charge_now')) ?? amount(read('charge_avg'));
  return {
    isCharge: true,
    nowWh: nowAh === null ? null : nowAh * voltageV(),
    fullWh: size(fullCharge * voltageV()),
  };
}

function powerOf(
  read: Attribute,
  isCharge: boolean,
  voltageV: () => number,
): Pick<BatteryFacts, 'magnitudeW' | 'magnitudeA' | 'isSignNegative'> {
  const power = read('power_now');
  const current = read('current_now');
  const isSignNegative = (power ?? 0) < 0 || (current ?? 0) < 0;
  const byPower = power === null || isSentinel(power) ? null : Math.abs(power) / MICRO;
  const isAmpere = isCharge || positive(read('charge_full')) !== null;
  // Drivers that count in energy and give no power have put microwatts into current_now.
  const currentA = current === null || isSentinel(current) ? null : Math.abs(current) / MICRO;
  const byCurrent = currentA === null || !isAmpere ? null : currentA * voltageV();
  const magnitudeW = byPower === null || (byPower === 0 && byCurrent !== null) ? byCurrent : byPower;
  const isPlausible = magnitudeW !== null && magnitudeW <= MAX_POWER_W;
  return {
    magnitudeW: isPlausible ? magnitudeW : null,
    magnitudeA: isPlausible && (isAmpere || byPower !== null) ? currentA : null,
    isSignNegative,
  };
}

function size(fullWh: number): number | null {
  return fullWh <= MAX_FULL_WH ? fullWh : null;
}

/** In Wh or Ah; an amount may be zero, a negative one is no reading. */
function amount(micro: number | null): number | null {
  return micro === null || micro < 0 || isSentinel(micro) ? null : micro / MICRO;
}

/** In Wh or Ah; a "full" under 0.01 is none (as UPower takes it). */
function positive(micro: number | null): number | null {
  return micro === null || micro < 10_000 || isSentinel(micro) ? null : micro / MICRO;
}

/** What a gauge that does not answer leaves behind: all bits set, in 16 or 32 bits, scaled or not. */
function isSentinel(raw: number): boolean {
  const bare = Math.abs(raw);
  return (
    bare === 0xffff ||
    bare === 0xffff_000 ||
    bare === 65_535_000 ||
    bare === 0xffff_ffff ||
    bare === 0x7fff_ffff
  );
}

/**
 * The voltage that turns charge into energy: by design (highest, then lowest), then as it is now, then 5 V for
 * USB and 10 V when nothing is known. The order is UPower's, so that both show the same watts.
 */
export function designVoltageV(read: Attribute, isUsb: boolean): number {
  for (const key of ['voltage_max_design', 'voltage_min_design', 'voltage_now']) {
    const micro = read(key);
    if (micro !== null && micro > MICRO && !isSentinel(micro)) return micro / MICRO;
  }
  return isUsb ? 5 : 10;
}

/** As it is now; null where the gauge does not tell. Cells in a row of a computer's battery stay far below 100 V. */
export function voltageNowV(read: Attribute): number | null {
  const micro = read('voltage_now');
  return micro === null || micro < MICRO || micro > 100 * MICRO || isSentinel(micro) ? null : micro / MICRO;
}

/** The kernel's status word. Whatever is not known is unknown. */
export function stateOf(word: string | null): BatteryState {
  switch (word?.toLowerCase()) {
    case 'charging':
      return 'charging';
    case 'discharging':
      return 'discharging';
    case 'full':
      return 'full';
    case 'not charging':
      return 'not-charging';
    case 'empty':
      return 'empty';
    default:
      return 'unknown';
  }
}
