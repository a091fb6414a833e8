import type { ForecastCone } from '../../view/history-forecast.ts';
import type { HistoryData } from '../../view/history-data.ts';
import type { HistoryMark } from '../../view/history-marks.ts';
import type { TimeSpan } from '../../view/history-span.ts';
import { lengthMs } from '../../view/history-span.ts';
import type { TimeTick } from '../../view/history-ticks.ts';
import { timeTicks } from '../../view/history-ticks.ts';
import type { Palette } from './palette.ts';

/** Something that is drawn with every frame. */
export interface Layer {
  draw(frame: Frame): void;
  /** What it draws into: out of sight, nothing is drawn. Null is always drawn. */
  readonly element: Element | null;
}

/** Calls `seen` with whether `element` is in sight, at first and at each change; the returned function ends that. */
export type WatchSight = (element: Element, seen: (isInSight: boolean) => void) => () => void;

/** Everything that is drawn, at one moment. */
export interface Scene {
  readonly view: TimeSpan;
  /** From the left edge of the stage to the right one, CSS pixels. */
  readonly widthPx: number;
  /** What the axis of values takes of it at the left. */
  readonly gutterPx: number;
  readonly data: HistoryData | null;
  readonly marks: readonly HistoryMark[];
  readonly cone: ForecastCone | null;
  readonly nowMs: number;
  /** Null until the page's styles are there. */
  readonly palette: Palette | null;
}

/** The scene of one frame, with what all layers need of it. */
export interface Frame extends Scene {
  readonly palette: Palette;
  readonly ticks: readonly TimeTick[];
  /** Width of the part where time runs. */
  readonly plotPx: number;
  /** CSS pixels from the left edge of the stage. */
  readonly xOf: (atMs: number) => number;
}

/** Right of the plots, so that what happens now is not at the very edge. */
export const MARGIN_PX = 12;
const TICK_ROOM_PX = 84;

export interface Viewport {
  scene(): Scene;
  /** Drawn once in the next frame, however often it changes until then. */
  update(change: Partial<Scene>): void;
  /** Draws `layer` with every frame from now on; the returned function ends that. */
  add(layer: Layer): () => void;
  /** The instant under a place, CSS pixels from the left edge of the stage. */
  instantAt(x: number): number;
  /** How much time one CSS pixel is while `view` is in sight. */
  msPerPx(view: TimeSpan): number;
  stop(): void;
}

export type NextFrame = (draw: () => void) => () => void;

/** One time axis for many layers. */
export function createViewport(first: Scene, nextFrame: NextFrame, watchSight: WatchSight): Viewport {
  let scene = first;
  let cancel: (() => void) | null = null;
  /** Those in sight; the others are drawn once they come into it. */
  const layers = new Set<Layer>();
  const draw = (): void => {
    cancel = null;
    const { palette } = scene;
    if (scene.widthPx === 0 || palette === null) return;
    const frame = frameOf({ ...scene, palette });
    for (const layer of layers) layer.draw(frame);
  };
  const schedule = (): void => {
    cancel ??= nextFrame(draw);
  };
  return {
    scene: () => scene,
    update(change) {
      scene = { ...scene, ...change };
      schedule();
    },
    add(layer) {
      const show = (isInSight: boolean): void => {
        if (isInSight) layers.add(layer);
        else layers.delete(layer);
        if (isInSight) schedule();
      };
      const forget = layer.element === null ? null : watchSight(layer.element, show);
      if (forget === null) show(true);
      return () => {
        forget?.();
        layers.delete(layer);
      };
    },
    instantAt(x) {
      const { view, gutterPx } = scene;
      return view.fromMs + ((x - gutterPx) / plotWidth(scene)) * lengthMs(view);
    },
    msPerPx: (view) => lengthMs(view) / plotWidth(scene),
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}

function frameOf(scene: Scene & { readonly palette: Palette }): Frame {
  const plotPx = plotWidth(scene);
  const scale = plotPx / lengthMs(scene.view);
  return {
    ...scene,
    plotPx,
    ticks: timeTicks(scene.view, plotPx, TICK_ROOM_PX),
    xOf: (atMs) => scene.gutterPx + (atMs - scene.view.fromMs) * scale,
  };
}

function plotWidth({ widthPx, gutterPx }: Scene): number {
  return Math.max(1, widthPx - gutterPx - MARGIN_PX);
}
