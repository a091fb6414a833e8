import type { LaneDraw } from './lane-canvas.ts';

export const AXIS_LANE_PX = 28;

/** The one time axis: round hours, and the day where one begins. */
export const axisLane: LaneDraw = (context, frame) => {
  const { palette, gutterPx, plotPx } = frame;
  for (const tick of frame.ticks) {
    const x = frame.xOf(tick.atMs);
    context.fillStyle = palette.strong;
    context.fillRect(Math.round(x), 0, 1, tick.isDay ? 8 : 5);
    const widthPx = context.measureText(tick.label).width;
    const left = Math.min(Math.max(x - widthPx / 2, gutterPx - 8), gutterPx + plotPx + 10 - widthPx);
    context.fillStyle = tick.isDay ? palette.ink : palette.quiet;
    context.fillText(tick.label, left, 17);
  }
};
