import uPlot from 'uplot';

import { alignedCurves, extentOf, lonePoints } from '../../view/history-columns.ts';
import type { HistoryCurve, HistoryData } from '../../view/history-data.ts';
import { evenScale } from '../../view/history-line.ts';
import { axisEnds } from '../../view/history-plots.ts';
import type { HistoryPlot } from '../../view/history-plots.ts';
import { drawGaps, drawGrid, drawLevelTint } from './backdrop.ts';
import type { PatternOf, PlotBox } from './backdrop.ts';
import { curveOptions, PLOT_BOTTOM_PX, PLOT_TOP_PX } from './curve-options.ts';
import type { CurveSize } from './curve-options.ts';
import { drawRange } from './curve-range.ts';
import { drawForecast } from './forecast-lines.ts';
import type { Frame } from './viewport.ts';

export interface CurvePlot {
  draw(frame: Frame): void;
  remove(): void;
}

/** The curves of one plot, drawn by uPlot into `host`, with level, gaps and round hours behind them. */
export function createCurvePlot(
  host: HTMLElement,
  plot: HistoryPlot,
  { heightPx, gutterPx }: CurveSize,
  patternOf: PatternOf,
): CurvePlot {
  const box: PlotBox = { top: PLOT_TOP_PX, height: heightPx - PLOT_TOP_PX - PLOT_BOTTOM_PX };
  let frame: Frame | null = null;
  let shown: HistoryData | null = null;
  let ranged: readonly HistoryCurve[] = [];
  let lone: readonly (readonly number[])[] = [];
  let ends: readonly [number, number] = axisEnds(plot, 0, 1);

  const inPlot = (chart: uPlot, draw: (now: Frame, ratio: number) => void): void => {
    if (frame === null) return;
    const { ctx } = chart;
    const ratio = chart.width === 0 ? 1 : ctx.canvas.width / chart.width;
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    // What is drawn from pictures are textures, pixel for pixel.
    ctx.imageSmoothingEnabled = false;
    ctx.font = frame.palette.font;
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'left';
    ctx.beginPath();
    ctx.rect(frame.gutterPx, box.top, frame.plotPx, box.height);
    ctx.clip();
    draw(frame, ratio);
    ctx.restore();
  };

  const chart = new uPlot(
    curveOptions(
      plot,
      { heightPx, gutterPx },
      {
        palette: () => frame?.palette ?? null,
        lone: (column) => lone[column] ?? [],
        behind(self) {
          inPlot(self, (now, ratio) => {
            if (plot.hasLevels) drawLevelTint(self.ctx, now, box);
            drawGrid(self.ctx, now, box);
            const yOf = evenScale(ends, (value) => self.valToPos(value, 'y') + box.top);
            for (const curve of ranged) drawRange(self.ctx, now, curve, yOf);
            drawGaps(self.ctx, now, box, { patternOf, ratio, isNamed: plot.hasLevels });
          });
        },
        before(self) {
          if (plot.hasLevels)
            inPlot(self, (now) =>
              drawForecast(self.ctx, now, (percent) => self.valToPos(percent, 'y') + box.top),
            );
        },
      },
    ),
    emptyColumns(plot),
    host,
  );

  const show = (data: HistoryData | null): void => {
    if (data === shown) return;
    shown = data;
    const curves = plot.lines.map(
      ({ metric, label }): HistoryCurve =>
        data?.curves.find(({ about }) => about.metric === metric) ?? noCurve(metric, label),
    );
    const { atMs, columns } = alignedCurves(curves);
    lone = [[], ...columns.map(lonePoints)];
    ranged = curves.filter(hasRange);
    chart.setData([atMs, ...columns] as uPlot.AlignedData, false);
    const extent = extentOf(curves);
    if (extent !== null) ends = axisEnds(plot, extent[0], extent[1]);
    chart.setScale('y', { min: ends[0], max: ends[1] });
  };

  return {
    draw(next) {
      frame = next;
      chart.batch(() => {
        if (chart.width !== next.widthPx) chart.setSize({ width: next.widthPx, height: heightPx });
        show(next.data);
        chart.setScale('x', { min: next.view.fromMs, max: next.view.toMs });
        // Colours and what stands behind may have changed where the numbers have not.
        chart.redraw(false);
      });
    },
    remove: () => chart.destroy(),
  };
}

/** Samples themselves have no least and most. */
function hasRange({ lows, highs }: HistoryCurve): boolean {
  return lows.some((low, index) => low !== highs[index]);
}

function emptyColumns(plot: HistoryPlot): uPlot.AlignedData {
  return [[], ...plot.lines.map(() => [])];
}

function noCurve(metric: string, title: string): HistoryCurve {
  const about = { metric, title, unit: '', project: null, private: false };
  return { about, atMs: [], values: [], lows: [], highs: [] };
}
