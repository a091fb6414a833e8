import { describe, expect, it } from 'vitest';

import { createViewport } from '../../../../../renderer/pages/history/viewport.ts';
import type { Frame, Scene } from '../../../../../renderer/pages/history/viewport.ts';

const PALETTE = {
  ink: '',
  quiet: '',
  line: '',
  strong: '',
  paper: '',
  font: '',
  levels: {},
} as unknown as NonNullable<Scene['palette']>;
const SCENE: Scene = {
  view: { fromMs: 0, toMs: 1000 },
  widthPx: 162,
  gutterPx: 50,
  data: null,
  marks: [],
  cone: null,
  nowMs: 0,
  palette: PALETTE,
};

function viewportAt(scene: Scene) {
  const frames: (() => void)[] = [];
  const sights: ((isInSight: boolean) => void)[] = [];
  const viewport = createViewport(
    scene,
    (draw) => {
      frames.push(draw);
      return () => undefined;
    },
    (_element, seen) => {
      sights.push(seen);
      return () => undefined;
    },
  );
  const drawn: Frame[] = [];
  const run = (): number => {
    const due = frames.splice(0);
    for (const draw of due) draw();
    return due.length;
  };
  return {
    viewport,
    drawn,
    run,
    sights,
    layer: { element: null, draw: (frame: Frame) => void drawn.push(frame) },
  };
}

describe('history viewport', () => {
  it('draws once a frame, however often it changed', () => {
    const { viewport, drawn, run, layer } = viewportAt(SCENE);
    viewport.add(layer);
    for (let byMs = 0; byMs < 10; byMs += 1) viewport.update({ view: { fromMs: byMs, toMs: 1000 + byMs } });
    expect(run()).toBe(1);
    expect(drawn.map(({ view }) => view.fromMs)).toEqual([9]);
    expect(run()).toBe(0);
  });

  it('knows where an instant is and what instant is where', () => {
    const { viewport, drawn, run, layer } = viewportAt(SCENE);
    viewport.add(layer);
    run();
    expect(drawn[0]?.plotPx).toBe(100);
    expect(drawn[0]?.xOf(500)).toBe(100);
    expect(viewport.instantAt(100)).toBe(500);
    expect(viewport.msPerPx({ fromMs: 0, toMs: 50 })).toBe(0.5);
  });

  it('draws nothing before there is room and colour for it', () => {
    const { viewport, drawn, run, layer } = viewportAt({ ...SCENE, palette: null, widthPx: 0 });
    viewport.add(layer);
    run();
    viewport.update({ widthPx: 162 });
    run();
    expect(drawn).toEqual([]);
    viewport.update({ palette: PALETTE });
    run();
    expect(drawn).toHaveLength(1);
  });

  it('draws what is out of sight once it comes into it', () => {
    const { viewport, drawn, run, sights, layer } = viewportAt(SCENE);
    viewport.add({ ...layer, element: {} as Element });
    viewport.update({});
    run();
    expect(drawn).toEqual([]);
    sights[0]?.(true);
    run();
    sights[0]?.(false);
    viewport.update({});
    run();
    expect(drawn).toHaveLength(1);
  });
});
