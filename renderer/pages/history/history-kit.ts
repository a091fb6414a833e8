import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import { createHistoryChoice } from '../../store/history-choice.ts';
import type { HistoryChoice } from '../../store/history-choice.ts';
import { createHistoryDesk } from '../../store/history-desk.ts';
import type { HistoryDesk } from '../../store/history-desk.ts';
import type { PageParts } from '../page-parts.ts';
import { createPatterns } from './patterns.ts';
import type { PatternOf } from './backdrop.ts';

/** The marker on the time axis, shared by all plots. */
export interface CursorState {
  /** Null while nothing is pointed at. */
  readonly atMs: number | null;
  /** Moved by a key: then it is read out. */
  readonly isByKey: boolean;
}

/** What the page keeps while it is open. */
export interface HistoryKit {
  readonly desk: HistoryDesk;
  readonly choice: HistoryChoice;
  readonly cursor: StoreApi<CursorState>;
  readonly patternOf: PatternOf;
}

export function createHistoryKit({ ask, clock, store }: PageParts): HistoryKit {
  return {
    desk: createHistoryDesk({
      ask: (path) => ask('GET', path),
      clock,
      nowMs: coreNowMs(store.getState(), clock.monotonicMs()),
      range: '24h',
    }),
    choice: createHistoryChoice(window.localStorage),
    cursor: createStore<CursorState>(() => ({ atMs: null, isByKey: false })),
    patternOf: createPatterns(),
  };
}

/** The core's own clock: what its last word said, and the even time since. */
export function coreNowMs(
  { snapshot, receivedAtMs }: ReturnType<PageParts['store']['getState']>,
  monotonicMs: number,
): number {
  return snapshot === null ? 0 : Date.parse(snapshot.at) + Math.max(0, monotonicMs - receivedAtMs);
}
