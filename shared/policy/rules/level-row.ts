import type { ChangeType, EnergyLevel, OperatingMode, Verdict } from '../../contract/vocabulary.ts';
import type { LevelRow } from '../rule.ts';
import { LEVEL_COLUMNS } from './levels.ts';

/** One row of a profile's table. `revert` is always allowed: it lowers risk (D7). */
export function levelRow(level: EnergyLevel, operatingMode: OperatingMode): LevelRow {
  const { change, fix, safe, experiment } = LEVEL_COLUMNS[level];
  return {
    operatingMode,
    verdicts: { feature: change, fix, revert: 'allow', safe, experiment, infra: change },
  };
}

/** What binds at a level: the row without its `allow`s. */
export function levelBindings(level: EnergyLevel): Partial<Record<ChangeType, Verdict>> {
  const row = Object.entries(levelRow(level, 'NORMAL').verdicts);
  return Object.fromEntries(row.filter(([, verdict]) => verdict !== 'allow'));
}
