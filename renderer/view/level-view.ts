import type { Snapshot } from '../../shared/contract/state.ts';
import { percentText } from '../../shared/view/quantities.ts';
import { levelPhrase } from '../../shared/view/verdict-words.ts';
import type { Words } from '../words/words.ts';
import { forecastLine } from './forecast-view.ts';
import { permissionOf } from './permission.ts';
import { sentence } from './plain-text.ts';

export interface LevelView {
  /** "LOW · 17 %". */
  readonly heading: string;
  /** "LOW, features wait": the ring for those who cannot see it. */
  readonly phrase: string;
  readonly why: string;
  /** What else matters now: reserve, no battery, forecast; may be empty. */
  readonly lines: readonly string[];
}

export function levelView(snapshot: Snapshot, words: Words): LevelView {
  const { energy } = snapshot;
  const permission = permissionOf(snapshot);
  const percent = energy.batteryPresent && energy.percent !== null ? percentText(energy.percent) : null;
  const forecast = forecastLine(snapshot.forecast, words);
  const noBattery = !energy.batteryPresent && energy.ups.length === 0 && energy.level === 'FULL';
  const lines = [
    energy.reservePercent === null ? null : words.level.reserve(percentText(energy.reservePercent)),
    energy.level === 'UNKNOWN' ? words.level.meaning.UNKNOWN : null,
    forecast,
  ];
  return {
    heading: words.level.heading(energy.level, percent),
    phrase: permission.halted
      ? words.level.halted(energy.level)
      : levelPhrase(energy.level, permission.change, permission.verdict),
    why: noBattery ? words.level.noBattery : sentence(energy.why),
    lines: lines.filter((line) => line !== null),
  };
}
