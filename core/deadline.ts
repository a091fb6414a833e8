import type { Clock } from './clock.ts';

/**
 * Waits for `work` at most `limitMs`. True when it ended in time; late or failed work goes on or fails alone and
 * delays nobody.
 */
export async function endedWithin(work: Promise<unknown>, limitMs: number, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.after(limitMs, () => resolve(false));
    const done = (isGood: boolean): void => {
      cancel();
      resolve(isGood);
    };
    work.then(
      () => done(true),
      () => done(false),
    );
  });
}
