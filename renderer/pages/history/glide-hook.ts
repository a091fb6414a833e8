import { useState } from 'react';

import type { PageParts } from '../page-parts.ts';
import { createGlide } from './glide.ts';
import type { WatchSight } from './viewport.ts';
import type { Glide } from './glide.ts';

/** Below this charge the page saves what it can. */
const SAVE_PERCENT = 20;

export function useGlide({ store, clock }: PageParts): Glide {
  const [glide] = useState(() =>
    createGlide({
      nowMs: () => clock.monotonicMs(),
      nextFrame,
      mayMove() {
        const energy = store.getState().snapshot?.energy;
        const isSaving =
          energy?.onExternalPower === false && energy.percent !== null && energy.percent < SAVE_PERCENT;
        return !isSaving && !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      },
    }),
  );
  return glide;
}

/** Watches a little beyond the window, so that scrolling meets what is drawn already. */
export const watchSight: WatchSight = (element, seen) => {
  const observer = new IntersectionObserver((entries) => seen(entries.at(-1)?.isIntersecting === true), {
    rootMargin: '32px 0px',
  });
  observer.observe(element);
  return () => observer.disconnect();
};

/** Acts before the next picture; the returned function calls it off. */
export function nextFrame(act: () => void): () => void {
  const frame = requestAnimationFrame(act);
  return () => cancelAnimationFrame(frame);
}
