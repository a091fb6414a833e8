import type { EnergyState } from '../shared/contract/energy.ts';
import { levelUnderGrid, type GridLimit } from '../shared/energy/grid.ts';
import { levelValue } from '../shared/energy/level.ts';
import type { EnergyFacts } from '../shared/policy/decide.ts';

/** The energy a project is judged with: this machine's, lowered where the project runs on a strained grid. */
export function underGrid(energy: EnergyState, limit: GridLimit): EnergyState {
  const level = levelUnderGrid(energy.level, limit);
  if (level === energy.level) return energy;
  return { ...energy, level, levelValue: levelValue(level), why: limit.why ?? energy.why };
}

/** The same as the rules take it. */
export function energyFacts(energy: EnergyState, nowMs: number): EnergyFacts {
  return {
    ...energy,
    ageSeconds: Math.max(0, Math.round((nowMs - Date.parse(energy.readAt)) / 1000)),
    upsOnBattery: energy.ups.some((ups) => ups.feedsThisMachine && ups.onBattery === true),
  };
}
