import type { EnergyState, PowerSupply } from '../shared/contract/energy.ts';
import type { SimulateQuery } from '../shared/contract/requests.ts';
import { judgeChain } from '../shared/energy/supply-chain.ts';

/** A battery to imagine with, where the machine has none or several. */
const IMAGINED_FULL_WH = 50;
const IMAGINED_DRAIN_W = 10;
/** A running machine with exactly 0 % is a broken gauge, not a charge to imagine. */
const LEAST_PERCENT = 0.01;

/**
 * The energy there would be at another charge or with the cord pulled: made-up supplies through the real chain.
 * What is not made up stays as it is now (heat); UPSes are taken as on line.
 */
export function madeUpEnergy(now: EnergyState, query: SimulateQuery): EnergyState {
  // Asking about a charge means "on battery" unless said otherwise: plugged in, no charge would matter.
  const isCharge = query.percent !== undefined;
  const onAc = query.power === undefined ? !isCharge && now.onExternalPower !== false : query.power === 'ac';
  const percent = query.percent ?? now.percent;
  const hasBattery = percent !== null || query.power === 'battery';
  const supplies = [
    mains(onAc, now.readAt),
    ...(hasBattery ? [battery(Math.max(percent ?? 50, LEAST_PERCENT), onAc, now.readAt)] : []),
  ];
  const judgement = judgeChain({ supplies, ups: [], alwaysOnMains: false });
  return { ...now, ...judgement, supplies, ups: [] };
}

function mains(isOnline: boolean, readAt: string): PowerSupply {
  return {
    ...blank(readAt),
    name: 'AC',
    kind: 'mains',
    online: isOnline,
    status: null,
  };
}

function battery(percent: number, onAc: boolean, readAt: string): PowerSupply {
  const powerW = onAc ? IMAGINED_DRAIN_W : -IMAGINED_DRAIN_W;
  return {
    ...blank(readAt),
    name: 'BAT0',
    kind: 'battery',
    status: onAc ? (percent >= 100 ? 'full' : 'charging') : 'discharging',
    percent,
    energyWh: (IMAGINED_FULL_WH * percent) / 100,
    energyFullWh: IMAGINED_FULL_WH,
    powerW: percent >= 100 && onAc ? 0 : powerW,
  };
}

function blank(readAt: string): PowerSupply {
  return {
    name: '',
    kind: 'other',
    scope: 'system',
    source: 'system',
    online: null,
    status: null,
    percent: null,
    energyWh: null,
    energyFullWh: null,
    powerW: null,
    counted: true,
    reason: 'made up',
    readAt,
  };
}
