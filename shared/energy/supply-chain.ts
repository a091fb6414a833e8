import type { PowerSupply, UpsReading } from '../contract/energy.ts';
import type { BatteryState, EnergyLevel } from '../contract/vocabulary.ts';

import type { BatterySum, LineState } from './battery-sum.ts';
import { combineStates, sumBatteries } from './battery-sum.ts';
import { levelOfPercent, levelValue } from './level.ts';
import { isPowerInput, settleSupplies } from './supply-role.ts';
import type { UpsLink } from './ups-judgement.ts';
import { upsLink } from './ups-judgement.ts';
import { percentWords, wattsWords } from './words.ts';

/** What one reading is judged with. */
export interface ChainInput {
  readonly supplies: readonly PowerSupply[];
  readonly ups: readonly UpsReading[];
  /** The person said so: batteries are shown, never counted. */
  readonly alwaysOnMains: boolean;
}

/** The level one reading alone gives: no smoothing, no memory. `steadiness.ts` adds those. */
export interface ChainJudgement {
  readonly level: EnergyLevel;
  readonly levelValue: number | null;
  readonly why: string;
  /** Null only when supplies exist and none could be read. */
  readonly onExternalPower: boolean | null;
  /** sum(energy) / sum(energyFull) of the counted batteries, unrounded. */
  readonly percent: number | null;
  /** Negative drains. */
  readonly netPowerW: number | null;
  readonly state: BatteryState | null;
  readonly reservePercent: number | null;
  readonly batteryPresent: boolean;
}

/** Under this charge external power gives FULL with a reserve (domain 1.1, D3). */
const RESERVE_BELOW_PERCENT = 10;
/** A gauge at rest wanders by about this much; less is not draining. */
const DRAIN_FROM_W = 0.5;

/**
 * The level of one reading. Only supplies marked `counted` take part; what they cannot prove is UNKNOWN, and no
 * answer is ever better than the counted supplies allow (domain 1.1, D2 in so far as one reading can tell, D3, D4).
 */
export function judgeChain(input: ChainInput): ChainJudgement {
  const counted = settleSupplies(input.supplies).filter((s) => s.counted);
  const batteries = input.alwaysOnMains ? [] : counted.filter((s) => s.kind === 'battery');
  const inputs = counted.filter((s) => isPowerInput(s.kind));
  const link = upsLink(input.ups);
  if (batteries.length > 0) return judgeLaptop(batteries, inputs, link);
  const isUnreadable = counted.some((s) => s.kind === 'other');
  return judgeDesktop(inputs, link, isUnreadable, input.alwaysOnMains);
}

function judgeDesktop(
  inputs: readonly PowerSupply[],
  link: UpsLink | null,
  isUnreadable: boolean,
  alwaysOnMains: boolean,
): ChainJudgement {
  const none = { percent: null, netPowerW: null, state: null, reservePercent: null, batteryPresent: false };
  const answer = (level: EnergyLevel, why: string, onExternalPower: boolean | null): ChainJudgement => ({
    ...none,
    level,
    levelValue: levelValue(level),
    why,
    onExternalPower,
  });
  if (link !== null && link.feed !== 'line') {
    return answer(link.desktopLevel, link.why, link.feed === 'battery' ? false : null);
  }
  if (alwaysOnMains) return answer('FULL', 'always on mains, as set', true);
  const isOnline = inputs.some((s) => s.online === true);
  const noneRead = inputs.length > 0 && inputs.every((s) => s.online === null);
  if (!isOnline && (isUnreadable || noneRead))
    return answer('UNKNOWN', 'no power supply could be read', null);
  return answer('FULL', link === null ? 'mains, no battery' : `${link.why}, no battery`, true);
}

function judgeLaptop(
  batteries: readonly PowerSupply[],
  inputs: readonly PowerSupply[],
  link: UpsLink | null,
): ChainJudgement {
  const sum = sumBatteries(batteries);
  const line = lineState(inputs);
  const state = combineStates(batteries, line, sum.percent);
  const isUpsRunning = link?.feed === 'battery';
  const external = isUpsRunning ? false : externalPower(inputs, line, state);
  const facts = {
    percent: sum.percent,
    netPowerW: sum.netPowerW,
    state,
    batteryPresent: true,
    onExternalPower: external,
  };
  const isOutdrawn = state === 'discharging' && (sum.netPowerW === null || sum.netPowerW <= -DRAIN_FROM_W);
  if (external === true && !isOutdrawn) {
    // Full to a person is a battery that took all it can, not one that a limit keeps from it.
    const isHeld = state === 'full' && batteries.some((b) => b.status === 'not-charging');
    const hasReserve = sum.percent !== null && sum.percent < RESERVE_BELOW_PERCENT;
    return {
      ...facts,
      level: 'FULL',
      levelValue: levelValue('FULL'),
      why: fedWhy(sum, isHeld ? 'not-charging' : state, hasReserve),
      reservePercent: hasReserve ? sum.percent : null,
    };
  }
  // 0 % is never a level of its own: an empty battery does not run a machine (domain 1.1, impossible readings).
  const isBelievable = external !== null && sum.percent !== null && sum.percent > 0;
  const level = isBelievable ? levelOfPercent(sum.percent) : 'UNKNOWN';
  const prefix = isUpsRunning ? `${link.why}; ` : external === true ? 'plugged in, charger too weak: ' : '';
  return {
    ...facts,
    level,
    levelValue: levelValue(level),
    why: `${prefix}${batteryWhy(sum, state)}`,
    reservePercent: null,
  };
}

/** Null when no input says anything, or one of several could not be read and none is online. */
function lineState(inputs: readonly PowerSupply[]): LineState {
  if (inputs.some((s) => s.online === true)) return 'online';
  return inputs.length > 0 && inputs.every((s) => s.online === false) ? 'offline' : null;
}

/**
 * Without any adapter in sight the battery's own word stands. With all adapters offline only a battery that
 * charges, on a machine whose idle inputs are all USB or wireless, proves an input nobody lists; "Full" just after
 * unplugging does not.
 */
function externalPower(inputs: readonly PowerSupply[], line: LineState, state: BatteryState): boolean | null {
  if (line === 'online') return true;
  if (line === 'offline') return state === 'charging' && inputs.every((s) => s.kind !== 'mains');
  if (state === 'charging' || state === 'full' || state === 'not-charging') return true;
  return state === 'discharging' ? false : null;
}

function fedWhy(sum: BatterySum, state: BatteryState, hasReserve: boolean): string {
  if (sum.percent === null) return 'plugged in, battery not readable';
  const charge = `${batteryNoun(sum)} ${percentWords(sum.percent)}`;
  if (hasReserve) return `plugged in, reserve ${percentWords(sum.percent)}`;
  if (state === 'charging') {
    const power = sum.netPowerW === null || sum.netPowerW <= 0 ? '' : ` with ${wattsWords(sum.netPowerW)}`;
    return `plugged in, ${charge}, charging${power}${doubt(sum)}`;
  }
  if (state === 'full') return `plugged in, ${batteryNoun(sum)} full${doubt(sum)}`;
  return `plugged in, ${charge} held${doubt(sum)}`;
}

function batteryWhy(sum: BatterySum, state: BatteryState): string {
  if (sum.percent === null) return `${batteryNoun(sum)} not readable`;
  if (sum.percent === 0) return `${batteryNoun(sum)} says 0 % while the machine runs`;
  const charge = `${batteryNoun(sum)} ${percentWords(sum.percent)}`;
  if (state !== 'discharging' || sum.netPowerW === null || sum.netPowerW >= 0) {
    return state === 'discharging'
      ? `${charge}, discharging${doubt(sum)}`
      : `${charge}, unplugged${doubt(sum)}`;
  }
  return `${charge}, draining ${wattsWords(sum.netPowerW)}${doubt(sum)}`;
}

function batteryNoun(sum: BatterySum): string {
  return sum.count > 1 ? `${sum.count} batteries` : 'battery';
}

function doubt(sum: BatterySum): string {
  if (sum.percent !== null && sum.unreadable > 0) return ` (${sum.unreadable} of ${sum.count} not readable)`;
  return sum.assumedWeights ? ' (battery sizes assumed)' : '';
}
