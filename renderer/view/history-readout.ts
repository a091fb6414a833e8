import type { Words } from '../words/words.ts';
import type { HistoryCurve, HistoryData, Stretch } from './history-data.ts';
import { gapText } from './history-gaps.ts';
import type { HistoryPlot } from './history-plots.ts';
import { projectTitle, quantityText } from './history-plots.ts';
import { momentText } from './history-ticks.ts';

/** What was true at one instant, for every plot that is shown. */
export interface HistoryReadout {
  readonly atMs: number;
  readonly moment: string;
  /** Text by metric. */
  readonly values: ReadonlyMap<string, string>;
  readonly level: string | null;
  /** Words by project. */
  readonly verdicts: ReadonlyMap<string, string>;
  /** The gap the instant lies in. */
  readonly gap: string | null;
  /** All of it as one sentence, for a screen reader. */
  readonly sentence: string;
}

export function historyReadout(
  data: HistoryData,
  plots: readonly HistoryPlot[],
  atMs: number,
  words: Words,
): HistoryReadout {
  const gap = stretchAt(data.gaps, atMs);
  const byMetric = new Map(data.curves.map((curve) => [curve.about.metric, curve]));
  const values = new Map<string, string>();
  const said: string[] = [];
  for (const plot of plots) {
    for (const line of plot.lines) {
      const curve = byMetric.get(line.metric);
      const value = gap === null && curve !== undefined ? valueAt(curve, atMs, data.stepMs) : null;
      const text = quantityText(value, plot.unit, words);
      values.set(line.metric, text);
      if (value !== null) said.push(words.history.valueOf(line.label, text));
    }
  }
  const level = stretchAt(data.levels, atMs)?.value ?? null;
  const verdicts = new Map<string, string>();
  for (const { project, stretches } of data.verdicts) {
    const verdict = stretchAt(stretches, atMs)?.value;
    if (verdict === undefined) continue;
    verdicts.set(project, words.history.verdicts[verdict]);
    said.push(words.history.valueOf(projectTitle(project, words), words.history.verdicts[verdict]));
  }
  const moment = momentText(atMs);
  const facts = gap === null ? [...(level === null ? [] : [level]), ...said] : [gapText(gap, words)];
  return {
    atMs,
    moment,
    values,
    level,
    verdicts,
    gap: gap === null ? null : gapText(gap, words),
    sentence: `${moment}: ${facts.length === 0 ? words.history.noData : facts.join(', ')}.`,
  };
}

/** The stretch that holds `atMs`; they are in order and do not overlap. */
export function stretchAt<T extends string>(
  stretches: readonly Stretch<T>[],
  atMs: number,
): Stretch<T> | null {
  const index = lastAtOrBefore(stretches.length, (at) => stretches[at]?.fromMs ?? 0, atMs);
  const found = stretches[index];
  return found !== undefined && atMs < found.toMs ? found : null;
}

/** The point nearest to `atMs`, if one lies within a step of it; else there is no data. */
export function valueAt(curve: HistoryCurve, atMs: number, stepMs: number): number | null {
  const index = nearestIndex(curve.atMs, atMs);
  const pointMs = curve.atMs[index];
  if (pointMs === undefined || Math.abs(pointMs - atMs) > stepMs) return null;
  return curve.values[index] ?? null;
}

/** The index of the instant nearest to `atMs`; -1 where there is none. */
export function nearestIndex(instantsMs: readonly number[], atMs: number): number {
  const before = lastAtOrBefore(instantsMs.length, (at) => instantsMs[at] ?? 0, atMs);
  const [one, other] = [instantsMs[before], instantsMs[before + 1]];
  if (one === undefined) return other === undefined ? -1 : before + 1;
  return other !== undefined && other - atMs < atMs - one ? before + 1 : before;
}

function lastAtOrBefore(count: number, instantMs: (index: number) => number, atMs: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (instantMs(middle) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
