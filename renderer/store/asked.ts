import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import { FAILED, LOADING, ready } from './loaded.ts';
import type { Loaded } from './loaded.ts';

export interface AskedState<T> {
  readonly answer: Loaded<T>;
  /** A newer answer is on its way. */
  readonly isAsking: boolean;
}

/** One question to the core and its answer. */
export interface Asked<T> {
  readonly store: StoreApi<AskedState<T>>;
  /** Asks for `path`. Another path than before forgets the answer; the same one keeps it until the new one is here. */
  read(path: string): void;
  /** The same again. Does nothing before the first question. */
  again(): void;
}

export function createAsked<T>(ask: (path: string) => Promise<unknown>): Asked<T> {
  const store = createStore<AskedState<T>>(() => ({ answer: LOADING, isAsking: false }));
  let asked: string | null = null;
  let round = 0;

  const send = async (path: string): Promise<void> => {
    round += 1;
    const mine = round;
    store.setState({ isAsking: true });
    try {
      const value = (await ask(path)) as T;
      if (mine === round) store.setState({ answer: ready(value), isAsking: false });
    } catch {
      if (mine !== round) return;
      // What was read before is still the best there is.
      const { answer } = store.getState();
      store.setState({ answer: answer.kind === 'ready' ? answer : FAILED, isAsking: false });
    }
  };

  return {
    store,
    read(path) {
      if (path !== asked) store.setState({ answer: LOADING });
      asked = path;
      void send(path);
    },
    again() {
      if (asked === null) return;
      if (store.getState().answer.kind === 'failed') store.setState({ answer: LOADING });
      void send(asked);
    },
  };
}
