import type { EnergyState } from '../contract/energy.ts';

/** What stands between two looks; it outlives a restart. */
export interface SafeguardMemory {
  /** Power from outside arms them; the first cause disarms them for the rest of the discharge. */
  readonly isArmed: boolean;
}

export const ARMED: SafeguardMemory = { isArmed: true };

/** Why the power is nearly gone; null while it is not, and while nobody can tell. */
export function safeguardCause(energy: Pick<EnergyState, 'level' | 'why' | 'ups'>): string | null {
  const low = energy.ups.find((ups) => ups.feedsThisMachine && ups.lowBattery && ups.onBattery === true);
  if (low !== undefined) return `the UPS ${low.name} is on battery and low`;
  return energy.level === 'CRITICAL' ? energy.why : null;
}

/**
 * Once a discharge (domain 1.5): `begin` at the first look with a cause, `end` when it is gone before the first step.
 * Re-armed by power from outside alone: a level that wavers begins nothing twice.
 */
export function stepSafeguards(
  memory: SafeguardMemory,
  energy: Pick<EnergyState, 'level' | 'why' | 'ups' | 'onExternalPower'>,
  isCounting: boolean,
): {
  readonly memory: SafeguardMemory;
  readonly does: 'begin' | 'end' | null;
  readonly cause: string | null;
} {
  const cause = safeguardCause(energy);
  // Charging at 3 % is external power and no cause; a UPS that is low is no power from outside, whatever is plugged in.
  const isFed = energy.onExternalPower === true && cause === null;
  if (isFed) return { memory: ARMED, does: isCounting ? 'end' : null, cause: null };
  if (cause !== null && memory.isArmed) return { memory: { isArmed: false }, does: 'begin', cause };
  return { memory, does: null, cause };
}
