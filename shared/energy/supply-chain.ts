import type { PowerSupply, UpsReading } from '../contract/energy.ts';
import type { BatteryState, EnergyLevel } from '../contract/vocabulary.ts';

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
