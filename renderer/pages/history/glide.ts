import type { TimeSpan } from '../../view/history-span.ts';
import { spanBetween } from '../../view/history-span.ts';

/** As long as every motion of the page. */
const GLIDE_MS = 150;

export interface Glide {
  /** From what is in sight to `to`, step by step; at once where nothing may move. */
  go(from: TimeSpan, to: TimeSpan, onView: (view: TimeSpan) => void): void;
  stop(): void;
}

export interface GlideParts {
  readonly nowMs: () => number;
  readonly nextFrame: (act: () => void) => () => void;
  /** No motion for those who asked for none, and none on a battery that is nearly empty. */
  readonly mayMove: () => boolean;
}

export function createGlide({ nowMs, nextFrame, mayMove }: GlideParts): Glide {
  let cancel = (): void => undefined;
  return {
    go(from, to, onView) {
      cancel();
      if (!mayMove()) {
        onView(to);
        return;
      }
      const startMs = nowMs();
      const step = (): void => {
        const share = Math.min(1, (nowMs() - startMs) / GLIDE_MS);
        onView(share === 1 ? to : spanBetween(from, to, 1 - (1 - share) ** 2));
        if (share < 1) cancel = nextFrame(step);
      };
      cancel = nextFrame(step);
    },
    stop: () => cancel(),
  };
}
