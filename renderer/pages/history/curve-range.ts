import type { HistoryCurve } from '../../view/history-data.ts';
import { rangePieces } from '../../view/history-range.ts';
import type { RangePiece } from '../../view/history-range.ts';
import { lengthMs } from '../../view/history-span.ts';
import type { Frame } from './viewport.ts';

/** As quiet as a shadow. */
const OPACITY = 0.18;

/** From the least to the most of each step, behind the curve. */
export function drawRange(
  context: CanvasRenderingContext2D,
  frame: Frame,
  curve: HistoryCurve,
  yOf: (value: number) => number,
): void {
  // Nothing finer than a pixel is seen, and a polygon costs by its corners; powers of two, so that a slow zoom seldom
  // changes what is merged.
  const bucketMs = 2 ** Math.floor(Math.log2(lengthMs(frame.view) / frame.plotPx));
  context.fillStyle = frame.palette.ink;
  context.globalAlpha = OPACITY;
  for (const piece of rangePieces(curve, frame.view, bucketMs)) fillPiece(context, frame, piece, yOf);
  context.globalAlpha = 1;
}

function fillPiece(
  context: CanvasRenderingContext2D,
  frame: Frame,
  { atMs, lows, highs }: RangePiece,
  yOf: (value: number) => number,
): void {
  const xs = atMs.map((at) => Math.round(frame.xOf(at)));
  context.beginPath();
  for (let index = 0; index < xs.length; index += 1) context.lineTo(xs[index] ?? 0, yOf(highs[index] ?? 0));
  for (let index = xs.length - 1; index >= 0; index -= 1)
    context.lineTo(xs[index] ?? 0, yOf(lows[index] ?? 0));
  context.fill();
}
