import type { PowerSupply } from '../contract/energy.ts';
import type { BatteryState } from '../contract/vocabulary.ts';

/** All counted batteries as one. */
export interface BatterySum {
  readonly count: number;
  /** How many of them gave no percent. */
  readonly unreadable: number;
  /** Unrounded; null when none could be read. */
  readonly percent: number | null;
  /** True when some battery's size is not known and its weight is assumed. */
  readonly assumedWeights: boolean;
  /** Negative drains; null when no gauge says anything. */
  readonly netPowerW: number | null;
}

/**
 * sum(energy) / sum(energyFull), never the mean of percents (domain 1.1). A single battery's own percent stands
 * as it is. A battery whose size is not known weighs as much as the known ones do on average.
 */
export function sumBatteries(batteries: readonly PowerSupply[]): BatterySum {
  const readable = batteries.filter((b) => b.percent !== null);
  const powers = batteries.flatMap((b) => (b.powerW === null ? [] : [b.powerW]));
  const base = {
    count: batteries.length,
    unreadable: batteries.length - readable.length,
    netPowerW: powers.length === 0 ? null : powers.reduce((sum, w) => sum + w, 0),
  };
  if (readable.length <= 1) {
    return { ...base, percent: readable[0]?.percent ?? null, assumedWeights: false };
  }
  const sizes = readable.flatMap((b) => (isSize(b.energyFullWh) ? [b.energyFullWh] : []));
  const typicalWh = sizes.length === 0 ? 1 : sizes.reduce((sum, wh) => sum + wh, 0) / sizes.length;
  let heldWh = 0;
  let fullWh = 0;
  for (const battery of readable) {
    const sizeWh = isSize(battery.energyFullWh) ? battery.energyFullWh : typicalWh;
    const known = isSize(battery.energyFullWh) && battery.energyWh !== null;
    heldWh += known ? (battery.energyWh ?? 0) : (sizeWh * (battery.percent ?? 0)) / 100;
    fullWh += sizeWh;
  }
  return {
    ...base,
    percent: Math.min(100, Math.max(0, (100 * heldWh) / fullWh)),
    assumedWeights: sizes.length < readable.length,
  };
}

function isSize(wh: number | null): wh is number {
  return wh !== null && wh > 0;
}

/** Whether anything feeds the machine from outside, as its inputs say: null when they say nothing. */
export type LineState = 'online' | 'offline' | null;

/** From here on a battery that says neither is taken for full. */
export const FULL_FROM_PERCENT = 90;
const EMPTY_BELOW_PERCENT = 1;

/**
 * One state for the batteries together, as UPower 1.90 finds it. A battery that charges or discharges decides; beside
 * a discharging one, "not charging" is on battery. A battery that holds its charge, or whose state is unknown, is full
 * from 90 %, unless the adapters are known to be offline: then an unknown one is on its way down. An unknown one below
 * 1 % is empty. What stays unknown is settled by the inputs: charging under an online adapter, discharging otherwise.
 */
export function combineStates(
  batteries: readonly PowerSupply[],
  line: LineState,
  percent: number | null,
): BatteryState {
  const states = batteries.map((b) => settledState(b, line));
  const charging = states.includes('charging');
  if (states.includes('discharging')) {
    if (!charging) return 'discharging';
    return line === 'online' ? 'charging' : 'discharging';
  }
  if (charging) return 'charging';
  if (states.every((s) => s === 'full')) return 'full';
  if (states.every((s) => s === 'empty')) return 'empty';
  if (states.every((s) => s === 'full' || s === 'not-charging')) return 'not-charging';
  if (percent === null) return 'unknown';
  if (line === 'online') return percent >= FULL_FROM_PERCENT ? 'full' : 'charging';
  return percent < EMPTY_BELOW_PERCENT ? 'empty' : 'discharging';
}

function settledState({ status, percent }: PowerSupply, line: LineState): BatteryState {
  const state = status ?? 'unknown';
  if ((state !== 'unknown' && state !== 'not-charging') || percent === null) return state;
  if (line !== 'offline' && percent >= FULL_FROM_PERCENT) return 'full';
  return state === 'unknown' && percent < EMPTY_BELOW_PERCENT ? 'empty' : state;
}
