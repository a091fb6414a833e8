import type { PowerSupply } from '../contract/energy.ts';

/** Above this a gauge needs a second opinion; laptops draw less (domain 1.1). */
const POWER_LIMIT_W = 300;
/** Above this it is no power of any machine with a battery but a broken register. */
const POWER_NONSENSE_W = 2_000;
/** Worn gauges report a few points over full; 0xffff and the like are no charge at all. */
const CHARGE_NONSENSE_PERCENT = 110;

export interface DoubtReason {
  readonly text: string;
  /** Whether it is believed once it holds. */
  readonly mayBeTrue: boolean;
}

/** The charge in percent, unclamped: the supply's own, else from its energies. */
export function batteryRatio({ percent, energyWh, energyFullWh }: PowerSupply): number | null {
  if (percent !== null && Number.isFinite(percent)) return percent;
  if (energyWh === null || energyFullWh === null || energyFullWh <= 0) return null;
  const ratio = (energyWh / energyFullWh) * 100;
  return Number.isFinite(ratio) ? ratio : null;
}

/**
 * Why a charge cannot be right by itself; null when it can.
 *
 * @param isCarried another battery carries the machine, so that this one may be empty
 */
export function chargeDoubt(ratioPercent: number | null, isCarried: boolean): DoubtReason | null {
  if (ratioPercent === null) return null;
  if (ratioPercent === 0) {
    return isCarried ? null : { text: '0 % while the machine runs', mayBeTrue: false };
  }
  if (ratioPercent < 0 || ratioPercent > CHARGE_NONSENSE_PERCENT) {
    return { text: `${ratioPercent.toFixed(0)} %`, mayBeTrue: false };
  }
  return ratioPercent > 100 ? { text: `${ratioPercent.toFixed(1)} %`, mayBeTrue: true } : null;
}

/** Why a power cannot be right; `text` is null when it can. */
export function plausiblePower(powerW: number | null): { text: string | null; mayBeTrue: boolean } {
  if (powerW === null) return { text: null, mayBeTrue: true };
  const sizeW = Math.abs(powerW);
  if (!Number.isFinite(sizeW)) return { text: 'a power that is no number', mayBeTrue: false };
  if (sizeW <= POWER_LIMIT_W) return { text: null, mayBeTrue: true };
  return { text: `${sizeW.toFixed(0)} W`, mayBeTrue: sizeW < POWER_NONSENSE_W };
}
