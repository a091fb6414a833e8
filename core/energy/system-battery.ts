import type { BatteryState } from '../../shared/contract/vocabulary.ts';

/** What systeminformation's `battery()` gives, as far as it is used. Every field may be missing or wrong. */
export interface SystemBattery {
  readonly hasBattery: boolean;
  readonly isCharging: boolean;
  readonly acConnected: boolean;
  readonly percent: number | null;
  readonly maxCapacity: number | null;
  readonly currentCapacity: number | null;
  readonly capacityUnit: string;
  readonly model?: string;
  readonly additionalBatteries?: readonly SystemBattery[];
}

/** One battery as we believe it. */
export interface BatteryWord {
  readonly name: string;
  readonly status: BatteryState;
  readonly isAdapterOnline: boolean | null;
  readonly percent: number | null;
  readonly energyWh: number | null;
  readonly energyFullWh: number | null;
  readonly problem?: string;
}

/** Windows calls a battery Low or Critical somewhere under this; the library then says "charging". */
const WINDOWS_DOUBT_BELOW_PERCENT = 25;
/** From here a battery that neither charges nor sees an adapter may be full on one. */
const FULL_DOUBT_FROM_PERCENT = 98;

/**
 * What systeminformation says, less its known faults (5.33, `lib/battery.js`):
 * - Windows: BatteryStatus 4 (Low) and 5 (Critical) come out as "charging, adapter connected" although both are
 *   battery states. Low down, "charging" is believed only when the charge has risen since the look before.
 * - Windows: status 3 (Full) comes out as "no adapter". macOS: without a `pmset` line a full battery does too.
 *   Near full, "no adapter" is therefore not known.
 * - A failed read is `percent: 0`: never an empty battery.
 * - Minutes are missing on Windows and meant for something else on macOS: not used.
 *
 * @param before the look before this one; null at first
 * @returns null when the machine shows no battery
 */
export function batteryOf(
  raw: SystemBattery,
  platform: string,
  before: BatteryWord | null,
): BatteryWord | null {
  if (!raw.hasBattery && (raw.percent ?? 0) <= 0) return null;
  const name = raw.model !== undefined && raw.model.trim() !== '' ? raw.model.trim() : 'battery';
  const others = (raw.additionalBatteries ?? []).filter((b) => b.hasBattery);
  const { percent, energyWh, energyFullWh } = chargeOf([raw, ...others]);
  const base = { name, percent, energyWh, energyFullWh };
  if (percent === null) {
    const problem = 'the system shows a battery without a charge';
    return { ...base, status: 'unknown', isAdapterOnline: null, problem };
  }
  const isCharging = raw.isCharging || others.some((b) => b.isCharging);
  if (platform === 'win32' && isCharging && percent < WINDOWS_DOUBT_BELOW_PERCENT) {
    const hasRisen = before?.percent !== undefined && before.percent !== null && percent > before.percent;
    const wasBelieved = before?.status === 'charging' && before.percent !== null && percent >= before.percent;
    if (!hasRisen && !wasBelieved) {
      const problem =
        'the system says "charging" for low batteries too: taken as discharging until the charge rises';
      return { ...base, status: 'discharging', isAdapterOnline: null, problem };
    }
  }
  if (isCharging) return { ...base, status: 'charging', isAdapterOnline: true };
  if (raw.acConnected) {
    const status = percent >= FULL_DOUBT_FROM_PERCENT ? 'full' : 'not-charging';
    return { ...base, status, isAdapterOnline: true };
  }
  if (percent >= FULL_DOUBT_FROM_PERCENT) return { ...base, status: 'unknown', isAdapterOnline: null };
  return { ...base, status: 'discharging', isAdapterOnline: false };
}

interface Charge {
  readonly percent: number | null;
  readonly energyWh: number | null;
  readonly energyFullWh: number | null;
}

/** The packs as one: by energy where every pack tells its size, the first pack's percent otherwise. */
function chargeOf(packs: readonly SystemBattery[]): Charge {
  const charges = packs.map(packCharge);
  const first = charges[0] ?? { percent: null, energyWh: null, energyFullWh: null };
  if (charges.length < 2) return first;
  if (charges.some((c) => c.energyWh === null || c.energyFullWh === null)) {
    const known = charges.flatMap((c) => (c.percent === null ? [] : [c.percent]));
    return { percent: known.length === 0 ? null : Math.min(...known), energyWh: null, energyFullWh: null };
  }
  const energyWh = charges.reduce((sum, c) => sum + (c.energyWh ?? 0), 0);
  const energyFullWh = charges.reduce((sum, c) => sum + (c.energyFullWh ?? 0), 0);
  return { percent: (100 * energyWh) / energyFullWh, energyWh, energyFullWh };
}

function packCharge(pack: SystemBattery): Charge {
  const { percent: raw } = pack;
  const percent = raw !== null && Number.isFinite(raw) && raw > 0 && raw <= 100 ? raw : null;
  const fullMwh = pack.capacityUnit === 'mWh' ? (pack.maxCapacity ?? 0) : 0;
  // An Apple "capacity" of 100 is a percent, not an energy.
  const energyFullWh = fullMwh > 1000 && fullMwh < 1_000_000 ? fullMwh / 1000 : null;
  const energyWh = energyFullWh === null || percent === null ? null : (energyFullWh * percent) / 100;
  return { percent, energyWh, energyFullWh };
}
