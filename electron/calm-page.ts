import type { WebContents } from 'electron';

import type { Snapshot } from '../shared/contract/state.ts';

/** Below this charge on battery nothing moves on screen (behaviour 17). */
const CALM_BELOW_PERCENT = 20;
const STILL =
  '*,*::before,*::after{animation:none!important;transition:none!important;scroll-behavior:auto!important}';

/** Whether moving pictures cost more than they say. */
export function wantsCalm(energy: Snapshot['energy'] | undefined): boolean {
  if (energy === undefined || energy.onExternalPower !== false) return false;
  return energy.percent !== null && energy.percent < CALM_BELOW_PERCENT;
}

export interface CalmPage {
  set(isCalm: boolean): void;
  /** Holds for this page from now on, over every address it loads. */
  guard(contents: Pick<WebContents, 'on' | 'insertCSS' | 'removeInsertedCSS' | 'isDestroyed'>): void;
}

/** Stops animations from outside the page. Not as a style sheet of the user's: Electron takes those out never again. */
export function createCalmPage(): CalmPage {
  let isCalm = false;
  let apply = (): void => undefined;
  return {
    set(next) {
      if (next === isCalm) return;
      isCalm = next;
      apply();
    },
    guard(contents) {
      let inserted: Promise<string> | null = null;
      apply = () => {
        if (contents.isDestroyed()) return;
        const before = inserted;
        inserted = isCalm ? contents.insertCSS(STILL) : null;
        inserted?.catch(() => undefined);
        void before?.then((key) => contents.removeInsertedCSS(key)).catch(() => undefined);
      };
      // What was inserted went with the page before.
      contents.on('dom-ready', () => {
        inserted = null;
        if (isCalm) apply();
      });
    },
  };
}
