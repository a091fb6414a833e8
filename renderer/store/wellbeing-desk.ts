import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { WellbeingReply } from '../../shared/contract/requests.ts';
import type { WellbeingTag } from '../../shared/contract/vocabulary.ts';
import type { PageClock } from '../connection/page-clock.ts';

export interface WellbeingDraft {
  /** 0..100. */
  readonly value: number;
  readonly tags: readonly WellbeingTag[];
}

export interface WellbeingState {
  /** What the core keeps; null until it was heard. */
  readonly kept: WellbeingReply | null;
  /** What the person is setting and the core has not confirmed yet. */
  readonly draft: WellbeingDraft | null;
  /** The last change was not kept. */
  readonly hasFailed: boolean;
}

export interface WellbeingDesk {
  readonly store: StoreApi<WellbeingState>;
  /** Reads what the core keeps; leaves a change in the making alone. */
  refresh(): void;
  setValue(value: number): void;
  setTag(tag: WellbeingTag, isOn: boolean): void;
}

export interface WellbeingDeskParts {
  readonly ask: (method: 'GET' | 'PUT', body?: WellbeingDraft) => Promise<unknown>;
  readonly clock: PageClock;
}

/** A slider moves through many values: only where it rests is sent. */
const REST_MS = 400;

/** The person's own number: shown at once, sent when it rests, taken back when the core did not keep it. */
export function createWellbeingDesk({ ask, clock }: WellbeingDeskParts): WellbeingDesk {
  const store = createStore<WellbeingState>(() => ({ kept: null, draft: null, hasFailed: false }));
  let cancelSend = (): void => undefined;

  const send = async (draft: WellbeingDraft): Promise<void> => {
    const isNewest = (): boolean => store.getState().draft === draft;
    try {
      const kept = (await ask('PUT', draft)) as WellbeingReply;
      store.setState(isNewest() ? { kept, draft: null } : { kept });
    } catch {
      if (isNewest()) store.setState({ draft: null, hasFailed: true });
    }
  };
  const change = (next: Partial<WellbeingDraft>): void => {
    const draft = { ...currentWellbeing(store.getState()), ...next };
    store.setState({ draft, hasFailed: false });
    cancelSend();
    cancelSend = clock.after(REST_MS, () => void send(draft));
  };

  return {
    store,
    refresh() {
      ask('GET').then(
        (kept) => {
          if (store.getState().draft === null) store.setState({ kept: kept as WellbeingReply });
        },
        // The connection says what is wrong; what was known stays.
        () => undefined,
      );
    },
    setValue: (value) => change({ value }),
    setTag(tag, isOn) {
      const others = currentWellbeing(store.getState()).tags.filter((other) => other !== tag);
      change({ tags: isOn ? [...others, tag] : others });
    },
  };
}

/** What the controls show: the change in the making, else what is kept, else what counts unset. */
export function currentWellbeing({ kept, draft }: WellbeingState): WellbeingDraft {
  if (draft !== null) return draft;
  return { value: kept?.value ?? kept?.effective ?? 70, tags: kept?.tags ?? [] };
}
