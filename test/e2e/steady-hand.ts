import type { Page } from 'playwright-core';

/** An ordinary mouse tells its place 125 times a second, whether the page keeps up or not. */
const EVENT_MS = 8;
/** Keys held, as the devtools protocol has them. */
const CONTROL = 2;
const SHIFT = 8;

export interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * A hand that does not wait. Playwright's own mouse sends an event once the one before was worked off, which is one
 * event a frame at best, and no measure of what the page can show.
 */
export interface SteadyHand {
  /** Turns the wheel with Control held, `count` times by `deltaY`. */
  turn(at: Place, count: number, deltaY: number): Promise<void>;
  /** Moves the pressed mouse with Shift held, `count` times by `stepPx` to the right. */
  pull(from: Place, count: number, stepPx: number): Promise<void>;
}

export async function steadyHand(page: Page): Promise<SteadyHand> {
  const session = await page.context().newCDPSession(page);
  const repeat = async (count: number, send: (index: number) => Promise<unknown>): Promise<void> => {
    const startMs = performance.now();
    const worked: Promise<unknown>[] = [];
    for (let index = 0; index < count; index += 1) {
      const aheadMs = startMs + index * EVENT_MS - performance.now();
      if (aheadMs > 0) await new Promise((resolve) => setTimeout(resolve, aheadMs));
      worked.push(send(index));
    }
    await Promise.all(worked);
  };
  return {
    turn: (at, count, deltaY) =>
      repeat(count, () =>
        session.send('Input.dispatchMouseEvent', {
          type: 'mouseWheel',
          ...at,
          deltaX: 0,
          deltaY,
          modifiers: CONTROL,
        }),
      ),
    pull: ({ x, y }, count, stepPx) =>
      repeat(count, (index) =>
        session.send('Input.dispatchMouseEvent', {
          type: 'mouseMoved',
          x: x + (index + 1) * stepPx,
          y,
          button: 'left',
          buttons: 1,
          modifiers: SHIFT,
        }),
      ),
  };
}
