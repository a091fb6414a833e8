import type { Words } from '../words/words.ts';
import type { HistoryCurve, HistoryData, Stretch } from './history-data.ts';
import { durationText, gapText } from './history-gaps.ts';
import type { HistoryMark } from './history-marks.ts';
import type { HistoryPlot } from './history-plots.ts';
import { quantityText } from './history-plots.ts';
import type { TimeSpan } from './history-span.ts';
import { lengthMs, overlaps } from './history-span.ts';
import { momentText } from './history-ticks.ts';

/** A chart in rows and columns, all of it text. */
export interface HistoryTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Few enough to hear, many enough to follow a day by the hour. */
const ROWS = 24;
const MOST_ROWS = 200;

/** The curves of one plot over `view`, in even steps: mean, and least to most where they differ. */
export function plotTable(data: HistoryData, plot: HistoryPlot, view: TimeSpan, words: Words): HistoryTable {
  const stepMs = lengthMs(view) / ROWS;
  const curves = plot.lines.map(({ metric }) => data.curves.find(({ about }) => about.metric === metric));
  const rows = Array.from({ length: ROWS }, (_, index) => {
    const piece = { fromMs: view.fromMs + index * stepMs, toMs: view.fromMs + (index + 1) * stepMs };
    const gap = data.gaps.find((each) => each.fromMs <= piece.fromMs && each.toMs >= piece.toMs);
    return [
      momentText(piece.fromMs),
      ...curves.map((curve) =>
        gap === undefined ? pieceText(curve, piece, plot.unit, words) : words.history.gapNames[gap.value],
      ),
    ];
  });
  return { columns: [words.history.columns.from, ...plot.lines.map(({ label }) => label)], rows };
}

function pieceText(curve: HistoryCurve | undefined, piece: TimeSpan, unit: string, words: Words): string {
  let [sum, count, least, most] = [0, 0, Infinity, -Infinity];
  curve?.atMs.forEach((atMs, index) => {
    const value = curve.values[index] ?? null;
    if (atMs < piece.fromMs || atMs >= piece.toMs || value === null) return;
    sum += value;
    count += 1;
    least = Math.min(least, curve.lows[index] ?? value);
    most = Math.max(most, curve.highs[index] ?? value);
  });
  if (count === 0) return words.history.noData;
  const [mean, low, high] = [sum / count, least, most].map((value) => quantityText(value, unit, words));
  return low === high ? (mean ?? '') : words.history.meanOf(mean ?? '', low ?? '', high ?? '');
}

/** What held, from when, and for how long. */
export function stretchTable<T extends string>(
  stretches: readonly Stretch<T>[],
  view: TimeSpan,
  nameOf: (value: T) => string,
  words: Words,
): HistoryTable {
  const seen = stretches.filter((each) => overlaps(each, view)).slice(-MOST_ROWS);
  return {
    columns: [words.history.columns.from, words.history.columns.what, words.history.columns.howLong],
    rows: seen.map((each) => [momentText(each.fromMs), nameOf(each.value), durationText(lengthMs(each))]),
  };
}

export function gapTable(data: HistoryData, view: TimeSpan, words: Words): HistoryTable {
  const seen = data.gaps.filter((each) => overlaps(each, view)).slice(-MOST_ROWS);
  return {
    columns: [words.history.columns.from, words.history.columns.what],
    rows: seen.map((gap) => [momentText(gap.fromMs), gapText(gap, words)]),
  };
}

/** Newest first. */
export function markTable(marks: readonly HistoryMark[], view: TimeSpan, words: Words): HistoryTable {
  const seen = marks.filter(({ atMs }) => atMs >= view.fromMs && atMs <= view.toMs).slice(-MOST_ROWS);
  const { at, what, detail } = words.history.columns;
  return {
    columns: [at, what, detail],
    rows: seen
      .map((mark) => [
        momentText(mark.atMs),
        words.history.valueOf(words.history.kinds[mark.kind], mark.title),
        mark.detail,
      ])
      .reverse(),
  };
}
