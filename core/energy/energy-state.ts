import type { EnergyState, PowerReading, PowerSupply, UpsReading } from '../../shared/contract/energy.ts';
import type { EnergyKind, Steadied, SteadyEnergy } from '../../shared/energy/steadiness.ts';

/** Before the first reading: nothing is known, and no old level is carried over from an earlier run. */
export function unreadState(readAt: string, energy: SteadyEnergy): EnergyState {
  return {
    ...judgementOf(energy),
    supplies: [],
    ups: [],
    thermal: { coolingStatus: null, hottestC: null, zone: null, headroomC: null, sensors: [] },
    readAt,
  };
}

/** The state after a look. What a failed look could not tell stays as it was, with the instant it was read. */
export function stateFrom(
  before: EnergyState,
  steadied: Steadied,
  reading: PowerReading | null,
  supplies: readonly PowerSupply[],
): EnergyState {
  const told =
    steadied.ups !== null && reading !== null ? { ups: steadied.ups, readAt: reading.readAt } : null;
  return {
    ...judgementOf(steadied.energy),
    supplies: told === null ? before.supplies : [...supplies],
    ups: told === null ? before.ups : [...told.ups],
    thermal: reading?.thermal ?? before.thermal,
    readAt: told?.readAt ?? before.readAt,
  };
}

/** Everything a change of which is told at once; percent and watts are not. */
export function energySignature(state: EnergyState, kind: EnergyKind): string {
  const { level, onExternalPower, reservePercent, ups } = state;
  return JSON.stringify([level, onExternalPower, kind, reservePercent !== null, ups.map(upsSignature)]);
}

function upsSignature(ups: UpsReading): readonly unknown[] {
  return [
    ups.name,
    ups.onBattery,
    ups.lowBattery,
    ups.replaceBattery,
    ups.forcedShutdown,
    ups.bypass,
    ups.overload,
    ups.feedsThisMachine,
    ups.problem !== null,
  ];
}

function judgementOf(energy: SteadyEnergy): Omit<EnergyState, 'supplies' | 'ups' | 'thermal' | 'readAt'> {
  const { level, levelValue, why, onExternalPower, percent, netPowerW, state } = energy;
  const { reservePercent, batteryPresent } = energy;
  return {
    level,
    levelValue,
    why,
    onExternalPower,
    percent,
    netPowerW,
    state,
    reservePercent,
    batteryPresent,
  };
}
