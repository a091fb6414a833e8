import { percentText, wattsText } from '../../shared/view/quantities.ts';
import type { Words } from '../words/words.ts';
import type { HistoryData, HistorySeries } from './history-data.ts';
import { plainText, spacedWords } from './plain-text.ts';

/** How the values of a plot are told. */
export type PlotUnit = 'percent' | 'watts' | 'celsius' | 'score';

/** A line's shape, so that no colour is needed to tell one from another. */
export const DASHES: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [9, 3, 2, 3], [14, 4], [4, 8]];

export interface PlotLine {
  readonly seriesId: string;
  readonly label: string;
  readonly isPrivate: boolean;
  readonly dash: readonly number[];
}

export interface HistoryPlot {
  readonly id: string;
  readonly title: string;
  readonly unit: PlotUnit;
  /** The axis where the values leave it open; null ends follow the values. */
  readonly least: number | null;
  readonly most: number | null;
  readonly lines: readonly PlotLine[];
  /** The level's colours stand behind the curve. */
  readonly hasLevels: boolean;
  /** Any of its lines is about the person. */
  readonly isPrivate: boolean;
}

interface PlotShape {
  readonly id: string;
  readonly metrics: readonly string[];
  readonly unit: PlotUnit;
  readonly least: number | null;
  readonly most: number | null;
}

/** In the order they stand on the page. */
const MACHINE_PLOTS: readonly PlotShape[] = [
  { id: 'percent', metrics: ['percent'], unit: 'percent', least: 0, most: 100 },
  { id: 'watts', metrics: ['netPowerW', 'drawW'], unit: 'watts', least: null, most: null },
  { id: 'temperature', metrics: ['hottestC'], unit: 'celsius', least: null, most: null },
  {
    id: 'load',
    metrics: ['cpuPercent', 'memoryPercent', 'gpuPercent'],
    unit: 'percent',
    least: 0,
    most: 100,
  },
];
export const SCORE_PREFIX = 'score.';
const SCORES_PREFIX = 'scores:';

/** Every plot the data can fill: the machine's, then one a project with its scores. Empty series give none. */
export function historyPlots(data: Pick<HistoryData, 'series'>, words: Words): readonly HistoryPlot[] {
  const filled = data.series.filter((series) => series.values.some((value) => value !== null));
  const machine = MACHINE_PLOTS.flatMap((shape) => {
    const lines = shape.metrics.flatMap((metric) =>
      filled.filter((series) => series.metric === metric && series.project === null),
    );
    return lines.length === 0 ? [] : [plotOf(shape, words.history.plots[shape.id] ?? shape.id, lines, words)];
  });
  const projects = [...new Set(filled.filter(isScore).map(({ project }) => project))];
  return [
    ...machine,
    ...projects.sort(byName).map((project) => {
      const shape = { id: `${SCORES_PREFIX}${project ?? ''}`, metrics: [], unit: 'score' } as const;
      const lines = filled.filter((series) => isScore(series) && series.project === project);
      return plotOf({ ...shape, least: 0, most: 100 }, words.history.scoresOf(nameOf(project, words)), lines, words);
    }),
  ];
}

function plotOf(
  shape: PlotShape,
  title: string,
  series: readonly HistorySeries[],
  words: Words,
): HistoryPlot {
  return {
    id: shape.id,
    title,
    unit: shape.unit,
    least: shape.least,
    most: shape.most,
    hasLevels: shape.id === 'percent',
    isPrivate: series.some(({ isPrivate }) => isPrivate),
    lines: series.map(({ id, metric, isPrivate }, index) => ({
      seriesId: id,
      label: metricLabel(metric, words),
      isPrivate,
      dash: DASHES[index % DASHES.length] ?? [],
    })),
  };
}

export function metricLabel(metric: string, words: Words): string {
  if (!metric.startsWith(SCORE_PREFIX)) return words.history.metrics[metric] ?? spacedWords(metric);
  const score = metric.slice(SCORE_PREFIX.length);
  return words.projects.scores[score] ?? spacedWords(score);
}

/** "17 %", "−9.1 W", "55 °C", "82"; "n/a" without data. */
export function quantityText(value: number | null, unit: PlotUnit, words: Words): string {
  if (value === null) return words.history.noData;
  switch (unit) {
    case 'percent':
      return percentText(value);
    case 'watts':
      return `${Math.round(value * 10) < 0 ? '\u2212' : ''}${wattsText(value)}`;
    case 'celsius':
      return `${Math.round(value)}\u202f°C`;
    case 'score':
      return String(Math.round(value));
  }
}

function isScore(series: HistorySeries): boolean {
  return series.metric.startsWith(SCORE_PREFIX);
}

export function nameOf(project: string | null, words: Words): string {
  return project === null || project === 'infrastructure' ? words.projects.machine : plainText(project);
}

function byName(one: string | null, other: string | null): number {
  return (one ?? '') < (other ?? '') ? -1 : 1;
}
