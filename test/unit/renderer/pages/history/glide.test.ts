import { describe, expect, it } from 'vitest';

import { createGlide } from '../../../../../renderer/pages/history/glide.ts';
import type { TimeSpan } from '../../../../../renderer/view/history-span.ts';

const [FROM, TO] = [
  { fromMs: 0, toMs: 100 },
  { fromMs: 50, toMs: 75 },
];

function glideAt(mayMove: boolean) {
  let nowMs = 0;
  let frame: (() => void) | null = null;
  const glide = createGlide({
    nowMs: () => nowMs,
    nextFrame(act) {
      frame = act;
      return () => {
        if (frame === act) frame = null;
      };
    },
    mayMove: () => mayMove,
  });
  const views: TimeSpan[] = [];
  const step = (byMs: number): boolean => {
    const act = frame;
    frame = null;
    nowMs += byMs;
    act?.();
    return act !== null;
  };
  return { glide, views, step };
}

describe('a glide to another view', () => {
  it('takes 150 ms and ends exactly where it should', () => {
    const { glide, views, step } = glideAt(true);
    glide.go(FROM, TO, (view) => views.push(view));
    expect(views).toEqual([]);
    step(75);
    expect(views[0]?.fromMs).toBeGreaterThan(25);
    expect(views[0]?.fromMs).toBeLessThan(50);
    step(75);
    expect(views.at(-1)).toBe(TO);
    expect(step(10)).toBe(false);
  });

  it('is none where nothing may move', () => {
    const { glide, views, step } = glideAt(false);
    glide.go(FROM, TO, (view) => views.push(view));
    expect(views).toEqual([TO]);
    expect(step(10)).toBe(false);
  });

  it('ends when a hand takes over', () => {
    const { glide, views, step } = glideAt(true);
    glide.go(FROM, TO, (view) => views.push(view));
    glide.stop();
    expect(step(75)).toBe(false);
    expect(views).toEqual([]);
  });
});
