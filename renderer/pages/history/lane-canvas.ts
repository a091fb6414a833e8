import type { Frame } from './viewport.ts';

/** What one lane draws; coordinates are CSS pixels of the lane. */
export type LaneDraw = (context: CanvasRenderingContext2D, frame: Frame, ratio: number) => void;

/** A layer that draws into `canvas`, `heightPx` high and as wide as the stage. */
export function laneLayer(
  canvas: HTMLCanvasElement,
  heightPx: number,
  draw: LaneDraw,
): (frame: Frame) => void {
  const context = canvas.getContext('2d');
  return (frame) => {
    if (context === null) return;
    const ratio = window.devicePixelRatio;
    const [width, height] = [Math.round(frame.widthPx * ratio), Math.round(heightPx * ratio)];
    // Setting a size clears and allocates; a frame of a pan must not.
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, frame.widthPx, heightPx);
    // What is drawn from pictures are textures, pixel for pixel.
    context.imageSmoothingEnabled = false;
    context.font = frame.palette.font;
    context.textBaseline = 'middle';
    context.textAlign = 'left';
    draw(context, frame, ratio);
  };
}

/** Draws only where time runs, so that nothing covers the axis of values. */
export function insidePlot(
  context: CanvasRenderingContext2D,
  frame: Frame,
  heightPx: number,
  draw: () => void,
): void {
  context.save();
  context.beginPath();
  context.rect(frame.gutterPx, 0, frame.plotPx, heightPx);
  context.clip();
  draw();
  context.restore();
}
