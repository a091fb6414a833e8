import { gapText } from '../../view/history-gaps.ts';
import { overlaps } from '../../view/history-span.ts';
import { words } from '../../words/words.ts';
import type { Texture } from './patterns.ts';
import type { Frame } from './viewport.ts';

/** How strongly a level's colour stands behind a curve. */
const TINT = 0.14;
const NAME_ROOM_PX = 12;
/** What a line of text takes. */
const LINE_PX = 16;

/** Where a plot draws: CSS pixels, top and height of the part where values run. */
export interface PlotBox {
  readonly top: number;
  readonly height: number;
}

export type PatternOf = (
  context: CanvasRenderingContext2D,
  texture: Texture,
  colour: string,
  ratio: number,
) => CanvasPattern | string;

/** Round hours and midnights. */
export function drawGrid(context: CanvasRenderingContext2D, frame: Frame, { top, height }: PlotBox): void {
  context.fillStyle = frame.palette.line;
  for (const { atMs } of frame.ticks) {
    context.fillRect(Math.round(frame.xOf(atMs)), top, 1, height);
  }
}

/** The level's colour behind the curve. */
export function drawLevelTint(
  context: CanvasRenderingContext2D,
  frame: Frame,
  { top, height }: PlotBox,
): void {
  context.save();
  context.globalAlpha = TINT;
  for (const stretch of frame.data?.levels ?? []) {
    if (!overlaps(stretch, frame.view)) continue;
    const x = frame.xOf(stretch.fromMs);
    context.fillStyle = frame.palette.levels[stretch.value];
    context.fillRect(x, top, frame.xOf(stretch.toMs) - x, height);
  }
  context.restore();
}

/** Gaps are hatched; where `isNamed` also named, upright where there is only a narrow place. */
export function drawGaps(
  context: CanvasRenderingContext2D,
  frame: Frame,
  box: PlotBox,
  { patternOf, ratio, isNamed }: { patternOf: PatternOf; ratio: number; isNamed: boolean },
): void {
  for (const gap of frame.data?.gaps ?? []) {
    if (!overlaps(gap, frame.view)) continue;
    const from = Math.max(frame.xOf(gap.fromMs), frame.gutterPx);
    const to = Math.min(frame.xOf(gap.toMs), frame.gutterPx + frame.plotPx);
    context.fillStyle = patternOf(context, 'hatch', frame.palette.line, ratio);
    context.fillRect(from, box.top, Math.max(1, to - from), box.height);
    if (isNamed && to - from >= LINE_PX)
      drawName(context, frame, box, { from, to, text: gapText(gap, words) });
  }
}

function drawName(
  context: CanvasRenderingContext2D,
  { palette }: Frame,
  { top, height }: PlotBox,
  { from, to, text }: { from: number; to: number; text: string },
): void {
  const widthPx = context.measureText(text).width;
  const isUpright = widthPx + NAME_ROOM_PX > to - from;
  if (isUpright && widthPx + NAME_ROOM_PX > height) return;
  context.save();
  context.translate((from + to) / 2, top + height / 2);
  if (isUpright) context.rotate(-Math.PI / 2);
  context.fillStyle = palette.paper;
  context.fillRect(-widthPx / 2 - 4, -LINE_PX / 2, widthPx + 8, LINE_PX);
  context.fillStyle = palette.quiet;
  context.fillText(text, -widthPx / 2, 0);
  context.restore();
}
