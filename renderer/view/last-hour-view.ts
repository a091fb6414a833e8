import type { HistorySeries } from '../../shared/contract/history.ts';
import type { EnergyLevel } from '../../shared/contract/vocabulary.ts';
import { percentText } from '../../shared/view/quantities.ts';
import type { Words } from '../words/words.ts';

export interface LastHourView {
  /** An SVG path in a box of 100 by 100, the present at its right edge; broken where nothing was measured. */
  readonly path: string;
  /** What it shows, in words. */
  readonly label: string;
  /** "26 % an hour ago". */
  readonly summary: string;
}

/** The bands a battery's charge falls into (domain 1.1), from the top down, in percent. */
export const CHARGE_BANDS: readonly { level: EnergyLevel; from: number; to: number }[] = [
  { level: 'HIGH', from: 60, to: 100 },
  { level: 'MEDIUM', from: 20, to: 60 },
  { level: 'LOW', from: 5, to: 20 },
  { level: 'CRITICAL', from: 0, to: 5 },
];

/** The charge over the series' own span; null where fewer than two points were measured. */
export function lastHourView(series: HistorySeries, words: Words): LastHourView | null {
  const spanMs = series.toMs - series.fromMs;
  const points = series.atMs.map((atMs, index) => ({ atMs, percent: series.last[index] ?? null }));
  const known = points.filter((point) => point.percent !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (spanMs <= 0 || known.length < 2 || first === undefined || last === undefined) return null;
  let isOpen = false;
  const path = points
    .map(({ atMs, percent }) => {
      if (percent === null) {
        isOpen = false;
        return '';
      }
      const x = (((atMs - series.fromMs) / spanMs) * 100).toFixed(2);
      const step = `${isOpen ? 'L' : 'M'}${x} ${(100 - percent).toFixed(1)}`;
      isOpen = true;
      return step;
    })
    .join('');
  const [from, to] = [percentText(first.percent), percentText(last.percent)];
  const minutes = Math.round((series.toMs - first.atMs) / 60_000);
  return {
    path,
    label: words.lastHour.label(from, to, minutes),
    summary: words.lastHour.summary(from, minutes),
  };
}
