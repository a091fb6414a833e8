import type { HistoryCurve } from '../../view/history-data.ts';
import type { Frame } from './viewport.ts';

/** As quiet as a shadow. */
const OPACITY = 0.18;

/** From the least to the most of each step, behind the curve. */
export function drawRange(
  context: CanvasRenderingContext2D,
  frame: Frame,
  { atMs, lows, highs }: HistoryCurve,
  yOf: (value: number) => number,
): void {
  const { fromMs, toMs } = frame.view;
  const first = Math.max(0, atMs.findIndex((at) => at >= fromMs) - 1);
  context.fillStyle = frame.palette.ink;
  context.globalAlpha = OPACITY;
  let begin = first;
  for (let index = first; index <= atMs.length; index += 1) {
    const [low, high, at] = [lows[index] ?? null, highs[index] ?? null, atMs[index]];
    const isEnd = low === null || high === null || at === undefined || (atMs[index - 1] ?? 0) > toMs;
    if (!isEnd) continue;
    if (index - begin > 1) fillPiece(context, frame, { atMs, lows, highs }, [begin, index], yOf);
    begin = index + 1;
    if (at === undefined || at > toMs) break;
  }
  context.globalAlpha = 1;
}

/** Points `from` up to but not including `to`, none of them a null. */
function fillPiece(
  context: CanvasRenderingContext2D,
  frame: Frame,
  { atMs, lows, highs }: Pick<HistoryCurve, 'atMs' | 'lows' | 'highs'>,
  [from, to]: readonly [number, number],
  yOf: (value: number) => number,
): void {
  context.beginPath();
  for (let index = from; index < to; index += 1) {
    context.lineTo(Math.round(frame.xOf(atMs[index] ?? 0)), yOf(highs[index] ?? 0));
  }
  for (let index = to - 1; index >= from; index -= 1) {
    context.lineTo(Math.round(frame.xOf(atMs[index] ?? 0)), yOf(lows[index] ?? 0));
  }
  context.fill();
}
