import type { Verdict } from '../../../shared/contract/vocabulary.ts';
import { countedTitle, MARK_TEXT_PX, placedMarks } from '../../view/history-marks.ts';
import type { PlacedMark } from '../../view/history-marks.ts';
import { overlaps } from '../../view/history-span.ts';
import { words } from '../../words/words.ts';
import { drawGaps, drawGrid } from './backdrop.ts';
import type { PatternOf } from './backdrop.ts';
import { insidePlot } from './lane-canvas.ts';
import type { LaneDraw } from './lane-canvas.ts';
import { createMarkShapes } from './mark-shapes.ts';
import { LEVEL_TEXTURES, VERDICT_TEXTURES } from './patterns.ts';
import { createTextWidths } from './text-widths.ts';
import type { TextWidths } from './text-widths.ts';
import type { Frame } from './viewport.ts';

export const LEVEL_LANE_PX = 30;
export const VERDICT_LANE_PX = 28;
const EVENT_ROW_PX = 18;
const EVENT_ROWS = 3;
const EVENT_FOOT_PX = 16;
export const EVENT_LANE_PX = EVENT_ROWS * EVENT_ROW_PX + EVENT_FOOT_PX;
/** Where the marks stand. */
const EVENT_FOOT_Y = EVENT_LANE_PX - 8;
const TEXT_ROOM_PX = 6;
const SHORTEST_TEXT_PX = 16;

/** The level as a ribbon: colour, texture, and its name where there is room. */
export function levelLane(patternOf: PatternOf): LaneDraw {
  return (context, frame, ratio) =>
    insidePlot(context, frame, LEVEL_LANE_PX, () => {
      drawGaps(context, frame, { top: 18, height: 10 }, { patternOf, ratio, isNamed: false });
      for (const stretch of frame.data?.levels ?? []) {
        if (!overlaps(stretch, frame.view)) continue;
        const place = placeOf(frame, stretch);
        context.fillStyle = frame.palette.levels[stretch.value];
        context.fillRect(place.x, 18, Math.max(1, place.width), 10);
        const texture = LEVEL_TEXTURES[stretch.value];
        if (texture !== 'plain') {
          context.fillStyle = patternOf(context, texture, frame.palette.paper, ratio);
          context.fillRect(place.x, 18, place.width, 10);
        }
        drawText(context, frame, place, stretch.value, 8);
      }
    });
}

/** One project's verdict: a thin line while all goes, a filled block while it waits. */
export function verdictLane(project: string, change: string | null, patternOf: PatternOf): LaneDraw {
  return (context, frame, ratio) =>
    insidePlot(context, frame, VERDICT_LANE_PX, () => {
      const box = { top: 2, height: VERDICT_LANE_PX - 4 };
      drawGaps(context, frame, box, { patternOf, ratio, isNamed: true });
      const lane = frame.data?.verdicts.find((each) => each.project === project && each.change === change);
      for (const stretch of lane?.stretches ?? []) {
        if (!overlaps(stretch, frame.view)) continue;
        drawVerdict(context, frame, placeOf(frame, stretch), stretch.value, patternOf, ratio);
      }
    });
}

interface Place {
  readonly x: number;
  readonly width: number;
}

function drawVerdict(
  context: CanvasRenderingContext2D,
  frame: Frame,
  place: Place,
  verdict: Verdict,
  patternOf: PatternOf,
  ratio: number,
): void {
  const { palette } = frame;
  const width = Math.max(1, place.width);
  if (verdict === 'allow') {
    context.fillStyle = palette.strong;
    context.fillRect(place.x, 20, width, 2);
  } else {
    context.fillStyle = palette[verdict === 'block' ? 'ink' : 'line'];
    context.fillRect(place.x, 17, width, 8);
    const texture = palette[verdict === 'block' ? 'paper' : 'ink'];
    context.fillStyle = patternOf(context, VERDICT_TEXTURES[verdict], texture, ratio);
    context.fillRect(place.x, 17, width, 8);
  }
  drawText(context, frame, place, words.history.verdicts[verdict], 8);
}

/** At the start of what is in sight of a stretch, if there is room for all of it. */
function drawText(
  context: CanvasRenderingContext2D,
  { palette, gutterPx, plotPx }: Frame,
  { x, width }: Place,
  text: string,
  y: number,
): void {
  const from = Math.max(x, gutterPx);
  const to = Math.min(x + width, gutterPx + plotPx);
  // Measuring costs more than drawing; most of a month's pieces are too narrow for any word.
  if (to - from < SHORTEST_TEXT_PX || context.measureText(text).width + TEXT_ROOM_PX > to - from) return;
  context.fillStyle = palette.quiet;
  context.fillText(text, from + 2, y);
}

function placeOf(frame: Frame, { fromMs, toMs }: { fromMs: number; toMs: number }): Place {
  const x = Math.max(frame.xOf(fromMs), frame.gutterPx - 1);
  return { x, width: Math.min(frame.xOf(toMs), frame.gutterPx + frame.plotPx) - x };
}

/** Events: a shape for each, its words in one of three rows, a line down to its moment. */
export function eventLane(): LaneDraw {
  const widthOf = createTextWidths();
  const drawMarkShape = createMarkShapes();
  return (context, frame) => {
    const room = {
      widthPx: frame.plotPx,
      rows: EVENT_ROWS,
      textPx: (text: string) => widthOf(context, text),
    };
    const placed = placedMarks(frame.marks, frame.view, room);
    const { palette } = frame;
    drawGrid(context, frame, { top: 0, height: EVENT_LANE_PX });
    context.fillStyle = palette.strong;
    context.fillRect(frame.gutterPx, EVENT_FOOT_Y, frame.plotPx, 1);
    // No line through a text, no text over a mark.
    for (const mark of placed) drawStem(context, frame, mark);
    for (const mark of placed) drawMarkText(context, frame, mark, widthOf);
    for (const mark of placed) {
      drawMarkShape(context, mark.mark.kind, frame.gutterPx + mark.x, EVENT_FOOT_Y, palette);
    }
  };
}

function drawStem(context: CanvasRenderingContext2D, frame: Frame, { row, x }: PlacedMark): void {
  if (row === null) return;
  const y = rowY(row);
  context.fillStyle = frame.palette.strong;
  context.fillRect(Math.round(frame.gutterPx + x), y, 1, EVENT_FOOT_Y - y);
}

function drawMarkText(
  context: CanvasRenderingContext2D,
  { palette, gutterPx }: Frame,
  { mark, count, row, x }: PlacedMark,
  widthOf: TextWidths,
): void {
  if (row === null) return;
  const text = countedTitle(mark, count);
  const left = gutterPx + x + MARK_TEXT_PX - 2;
  context.fillStyle = palette.paper;
  context.fillRect(left - 1, rowY(row) - 8, widthOf(context, text) + 3, 16);
  context.fillStyle = palette.ink;
  context.fillText(text, left, rowY(row));
}

function rowY(row: number): number {
  return row * EVENT_ROW_PX + EVENT_ROW_PX / 2;
}
