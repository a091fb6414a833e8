import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

/** What a person wants to see, by plot; what they never chose is as usual. */
export interface HistoryChoiceState {
  readonly chosen: Readonly<Record<string, boolean>>;
}

export interface HistoryChoice {
  readonly store: StoreApi<HistoryChoiceState>;
  set(plot: string, isShown: boolean): void;
}

/** Where the browser keeps it: nothing but names of plots. */
const KEY = 'history-shown';
/** A store of the browser that anybody may have written to. */
const MOST = 500;

export function createHistoryChoice(storage: Pick<Storage, 'getItem' | 'setItem'>): HistoryChoice {
  const store = createStore<HistoryChoiceState>(() => ({ chosen: remembered(storage) }));
  return {
    store,
    set(plot, isShown) {
      const chosen = { ...store.getState().chosen, [plot]: isShown };
      store.setState({ chosen });
      try {
        storage.setItem(KEY, JSON.stringify(chosen));
      } catch {
        // A browser that keeps nothing still shows what was chosen.
      }
    },
  };
}

export function isChosen({ chosen }: HistoryChoiceState, plot: string, isUsual: boolean): boolean {
  return chosen[plot] ?? isUsual;
}

function remembered(storage: Pick<Storage, 'getItem'>): Readonly<Record<string, boolean>> {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    const entries = Object.entries(kept).filter(([, value]) => typeof value === 'boolean');
    return Object.fromEntries(entries.slice(0, MOST));
  } catch {
    return {};
  }
}
