import type uPlot from 'uplot';

import type { HistoryPlot } from '../../view/history-plots.ts';
import { axisText } from '../../view/history-plots.ts';
import { drawLine, evenScale } from '../../view/history-line.ts';
import { words } from '../../words/words.ts';
import type { Palette } from './palette.ts';
import { MARGIN_PX } from './viewport.ts';

export const PLOT_TOP_PX = 8;
export const PLOT_BOTTOM_PX = 8;
const AXIS_ROOM_PX = 32;
const AXIS_GAP_PX = 6;
/** As styles/tokens.css has it: uPlot scales the size itself and wants a font it can read. */
const AXIS_FONT =
  "12px system-ui, -apple-system, 'Segoe UI', Cantarell, 'Noto Sans', 'DejaVu Sans', sans-serif";
/** Drawn twice as fast as anything wider; ink, dash and label tell the lines apart. */
const LINE_PX = 1;

/** CSS pixels. */
export interface CurveSize {
  readonly heightPx: number;
  /** Left of the plot, for the axis of values. */
  readonly gutterPx: number;
}

export interface CurveParts {
  /** Null until the first frame. */
  readonly palette: () => Palette | null;
  /** Points of a column (1 is the first after time) that no line can show. */
  readonly lone: (column: number) => readonly number[];
  readonly behind: (chart: uPlot) => void;
  readonly before: (chart: uPlot) => void;
}

/** Everything of uPlot that this page leaves on: lines, bands, the axis of values. Time is one axis for all plots. */
export function curveOptions(
  plot: HistoryPlot,
  { heightPx, gutterPx }: CurveSize,
  parts: CurveParts,
): uPlot.Options {
  const colour = (name: 'ink' | 'quiet' | 'line'): string => parts.palette()?.[name] ?? 'transparent';
  return {
    width: 1,
    height: heightPx,
    ms: 1,
    padding: [PLOT_TOP_PX, MARGIN_PX, PLOT_BOTTOM_PX, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, auto: false, min: 0, max: 1 },
      y: { auto: false, min: 0, max: 100, range: (_chart, least, most) => [least, most] },
    },
    axes: [
      { show: false },
      {
        size: gutterPx,
        gap: AXIS_GAP_PX,
        space: AXIS_ROOM_PX,
        stroke: () => colour('quiet'),
        font: AXIS_FONT,
        ticks: { show: false },
        border: { show: false },
        grid: { stroke: () => colour('line'), width: 1 },
        values: (_chart, splits) => splits.map((value) => axisText(value, plot.unit, words)),
      },
    ],
    series: [{}, ...plot.lines.map((line, index) => lineSeries(line.dash, index, colour, parts.lone))],
    hooks: { drawAxes: [parts.behind], draw: [parts.before] },
  };
}

function lineSeries(
  dash: readonly number[],
  index: number,
  colour: (name: 'ink' | 'quiet') => string,
  lone: CurveParts['lone'],
): uPlot.Series {
  return {
    stroke: () => colour(index === 0 ? 'ink' : 'quiet'),
    width: LINE_PX,
    dash: [...dash],
    paths: linePath,
    points: {
      show: false,
      size: 4,
      fill: () => colour('ink'),
      filter: (_chart, series) => [...lone(series)],
    },
  };
}

/** uPlot's own paths are cut out of the gaps with a mask, which a month of nights makes slow: the pen is lifted. */
const linePath: uPlot.Series.PathBuilder = (chart, series, from, to) => {
  const stroke = new Path2D();
  const [atMs, values = []] = [chart.data[0], chart.data[series]];
  drawLine(stroke, atMs, values, [from, to], {
    xOf: evenScale(endsOf(chart, 'x'), (at) => chart.valToPos(at, 'x', true)),
    yOf: evenScale(endsOf(chart, 'y'), (value) => chart.valToPos(value, 'y', true)),
  });
  return { stroke, fill: null, clip: null, band: null, flags: 0 };
};

function endsOf(chart: uPlot, scale: 'x' | 'y'): readonly [number, number] {
  const { min = 0, max = 1 } = chart.scales[scale] ?? {};
  return [min, max];
}
