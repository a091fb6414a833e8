import type { ForecastPoint } from '../../view/history-forecast.ts';
import { words } from '../../words/words.ts';
import type { Frame } from './viewport.ts';

/** How strongly the band of the forecast stands out. */
const BAND_OPACITY = 0.16;
const DASH = [4, 4];

/** What is expected from now on: the middle broken, the band it ends in eight times in ten behind it. */
export function drawForecast(
  context: CanvasRenderingContext2D,
  frame: Frame,
  yOf: (percent: number) => number,
): void {
  const { cone, palette, nowMs } = frame;
  if (cone === null || nowMs > frame.view.toMs) return;
  const follow = (points: readonly ForecastPoint[]): void =>
    points.forEach(({ atMs, percent }) => context.lineTo(frame.xOf(atMs), yOf(percent)));
  context.strokeStyle = palette.ink;
  context.fillStyle = palette.ink;
  context.globalAlpha = BAND_OPACITY;
  context.beginPath();
  follow(cone.early);
  follow(cone.late.toReversed());
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = 1.5;
  context.setLineDash(DASH);
  context.beginPath();
  follow(cone.middle);
  context.stroke();
  context.setLineDash([]);
  drawNow(context, frame, yOf(100));
}

function drawNow(context: CanvasRenderingContext2D, frame: Frame, top: number): void {
  const x = frame.xOf(frame.nowMs);
  const widthPx = context.measureText(words.history.forecast).width;
  if (x + widthPx + 8 > frame.gutterPx + frame.plotPx) return;
  context.fillStyle = frame.palette.quiet;
  context.fillText(words.history.forecast, x + 6, top + 10);
}
