import type { HistoryMetric } from '../../shared/contract/history.ts';
import { minutesText, percentText, wattsText } from '../../shared/view/quantities.ts';
import type { Words } from '../words/words.ts';
import { durationText } from './history-gaps.ts';
import { plainText } from './plain-text.ts';

export interface PlotLine {
  readonly metric: string;
  readonly label: string;
  readonly isPrivate: boolean;
  /** Drawn and empty lengths in pixels; no two lines of a plot are alike. Empty: unbroken. */
  readonly dash: readonly number[];
}

/** Curves of one unit on one axis. */
export interface HistoryPlot {
  readonly id: string;
  readonly title: string;
  /** As the core names it. */
  readonly unit: string;
  readonly lines: readonly PlotLine[];
  /** The level's colours stand behind the curve. */
  readonly hasLevels: boolean;
  /** The axis shows 0 to 100, whatever the values. */
  readonly isWhole: boolean;
  /** Shown until the person chooses otherwise. */
  readonly isUsual: boolean;
  /** One of its curves is about the person. */
  readonly isPrivate: boolean;
}

const DASHES: readonly (readonly number[])[] = [[], [6, 4], [2, 3], [10, 3, 2, 3], [14, 4], [4, 8]];

interface PlotKind {
  readonly id: string;
  readonly holds: (metric: HistoryMetric) => boolean;
  readonly isUsual: boolean;
  readonly isWhole: boolean;
}

/** The machine's own plots, in the order they stand on the page; the first that holds a metric has it. */
const MACHINE_PLOTS: readonly PlotKind[] = [
  { id: 'charge', holds: named('percent'), isUsual: true, isWhole: true },
  { id: 'power', holds: ({ unit }) => unit === 'W', isUsual: true, isWhole: false },
  { id: 'temperature', holds: ({ unit }) => unit === '°C', isUsual: true, isWhole: false },
  { id: 'load', holds: named('cpuPercent', 'memoryPercent', 'gpuPercent'), isUsual: true, isWhole: true },
  { id: 'ups', holds: named('upsChargePercent', 'upsLoadPercent'), isUsual: true, isWhole: true },
  { id: 'forecast', holds: ({ unit }) => unit === 'min', isUsual: false, isWhole: false },
];
/** Told as bands, not as curves. */
const BAND_UNITS: ReadonlySet<string> = new Set(['level', 'verdict']);
/** A score that says the level again. */
const LEVEL_AS_SCORE = /\/power_available$/;

function named(...metrics: readonly string[]): PlotKind['holds'] {
  return ({ metric }) => metrics.includes(metric);
}

/** Every plot that the metrics the core keeps can fill: the machine's, then one a project, then the rest. */
export function historyPlots(metrics: readonly HistoryMetric[], words: Words): readonly HistoryPlot[] {
  const curves = metrics.filter(({ metric, unit }) => !BAND_UNITS.has(unit) && !LEVEL_AS_SCORE.test(metric));
  const machine = curves.filter(({ project }) => project === null);
  const kindOf = (metric: HistoryMetric): PlotKind | undefined =>
    MACHINE_PLOTS.find(({ holds }) => holds(metric));
  const projects = [...new Set(curves.flatMap(({ project }) => (project === null ? [] : [project])))].sort();
  return [
    ...MACHINE_PLOTS.flatMap((kind) => {
      const held = machine.filter((metric) => kindOf(metric) === kind);
      return held.length === 0 ? [] : [plotOf(kind, words.history.plots[kind.id] ?? kind.id, held, words)];
    }),
    ...projects.map((project) => {
      const held = curves.filter((metric) => metric.project === project);
      return plotOf(
        { id: `scores/${project}`, isUsual: true, isWhole: true },
        words.history.scoresOf(projectTitle(project, words)),
        held,
        words,
      );
    }),
    ...machine
      .filter((metric) => kindOf(metric) === undefined)
      .map((metric) =>
        plotOf(
          { id: metric.metric, isUsual: false, isWhole: false },
          metricLabel(metric, words),
          [metric],
          words,
        ),
      ),
  ];
}

function plotOf(
  { id, isUsual, isWhole }: Omit<PlotKind, 'holds'>,
  title: string,
  metrics: readonly HistoryMetric[],
  words: Words,
): HistoryPlot {
  return {
    id,
    title,
    unit: metrics[0]?.unit ?? '',
    hasLevels: id === 'charge',
    isUsual,
    isWhole,
    isPrivate: metrics.some((metric) => metric.private),
    lines: metrics.map((metric, index) => ({
      metric: metric.metric,
      label: metricLabel(metric, words),
      isPrivate: metric.private,
      dash: DASHES[index % DASHES.length] ?? [],
    })),
  };
}

/** The page's own word for a metric or score; else the core's title. */
function metricLabel({ metric, title, project }: HistoryMetric, words: Words): string {
  const threshold = /^forecastMinutesTo(.+)$/.exec(metric)?.[1];
  if (threshold !== undefined) return words.forecast.to(Number(threshold));
  const score = project === null ? undefined : words.projects.scores[metric.split('/').at(-1) ?? ''];
  return score ?? words.history.metrics[metric] ?? plainText(title);
}

/** A project by its name; the machine's own by what it is called everywhere. */
export function projectTitle(project: string, words: Words): string {
  return project === 'infrastructure' ? words.projects.machine : plainText(project);
}

/** "17 %", "−9.1 W", "55 °C", "1 h 25 min", "82"; "no data" for null. */
export function quantityText(value: number | null, unit: string, words: Words): string {
  if (value === null) return words.history.noData;
  switch (unit) {
    case '%':
      return percentText(value);
    case 'W':
      return `${Math.round(value * 10) < 0 ? '\u2212' : ''}${wattsText(value)}`;
    case 'min':
      return minutesText(value);
    case 's':
      return durationText(value * 1000);
    case 'points':
    case 'times':
      return String(Math.round(value));
    default:
      return `${roundedText(value)}\u202f${plainText(unit)}`;
  }
}

/** The same for the marks of an axis, which are round by themselves: "25 W". */
export function axisText(value: number, unit: string, words: Words): string {
  const sign = value < 0 ? '\u2212' : '';
  return unit === 'W' ? `${sign}${Math.abs(value)}\u202fW` : quantityText(value, unit, words);
}

function roundedText(value: number): string {
  return Math.abs(value) < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}

/** The ends of a plot's axis for values from `least` to `most`; zero is in it, but for temperatures. */
export function axisEnds(
  { isWhole, unit }: Pick<HistoryPlot, 'isWhole' | 'unit'>,
  least: number,
  most: number,
): readonly [number, number] {
  if (isWhole) return [0, 100];
  const floats = unit === '°C';
  const low = floats ? least : Math.min(least, 0);
  const high = floats ? most : Math.max(most, 0);
  const roomy = Math.max((high - low) * 0.08, floats ? 2 : 0.1);
  return [low < 0 || floats ? low - roomy : low, high > 0 || floats ? high + roomy : high];
}
