import { useState } from 'react';

import { refusalOf } from '../view/refusal-view.ts';
import type { Refusal } from '../view/refusal-view.ts';
import { words } from '../words/words.ts';

interface ActState {
  readonly isBusy: boolean;
  readonly refusal: Refusal | null;
  /** What was done, in words. */
  readonly done: string | null;
}

/** One thing a person does in a panel: on its way, refused with its reason, or done. */
export interface Act extends ActState {
  /** Whether it was done. */
  run(act: () => Promise<unknown>, done: string): Promise<boolean>;
  refuse(field: string, text: string): void;
}

const AT_REST: ActState = { isBusy: false, refusal: null, done: null };

export function useAct(): Act {
  const [state, setState] = useState(AT_REST);
  return {
    ...state,
    async run(act, said) {
      if (state.isBusy) return false;
      setState({ ...AT_REST, isBusy: true });
      try {
        await act();
        setState({ ...AT_REST, done: said });
        return true;
      } catch (error) {
        setState({ ...AT_REST, refusal: refusalOf(error, words) });
        return false;
      }
    },
    refuse: (field, text) => setState({ ...AT_REST, refusal: { field, text } }),
  };
}
