import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { SimulateReply } from '../../shared/contract/requests.ts';
import type { PageClock } from '../connection/page-clock.ts';
import { FAILED, LOADING, ready } from './loaded.ts';
import type { Loaded } from './loaded.ts';

/** Facts that are made up. */
export interface MadeUpPower {
  /** Charge of the battery, 1 to 100. */
  readonly percent: number;
  readonly power: 'ac' | 'battery';
}

export interface SimulatorState {
  readonly madeUp: MadeUpPower;
  /** What the core would say; of the last facts that rested. */
  readonly answer: Loaded<SimulateReply>;
}

export interface Simulator {
  readonly store: StoreApi<SimulatorState>;
  /** Starts with `project`; null ends it. */
  open(project: string | null): void;
  set(next: Partial<MadeUpPower>): void;
  /** Asks the same again. */
  retry(): void;
}

export interface SimulatorParts {
  readonly ask: (path: string) => Promise<unknown>;
  readonly clock: PageClock;
}

/** A slider moves through many values: only where it rests is asked. */
const REST_MS = 250;
/** Below the border at which ordinary features wait, and not yet critical. */
const FIRST: MadeUpPower = { percent: 12, power: 'battery' };

/** "What would happen at 12 %?": the core's own decision for made-up power. */
export function createSimulator({ ask, clock }: SimulatorParts): Simulator {
  const store = createStore<SimulatorState>(() => ({ madeUp: FIRST, answer: LOADING }));
  let opened: string | null = null;
  let cancelAsk = (): void => undefined;

  const send = async (): Promise<void> => {
    if (opened === null) return;
    const [project, { madeUp }] = [opened, store.getState()];
    const isNewest = (): boolean => opened === project && store.getState().madeUp === madeUp;
    const query = new URLSearchParams({ percent: String(madeUp.percent), power: madeUp.power, project });
    try {
      const reply = (await ask(`/v1/simulate?${query.toString()}`)) as SimulateReply;
      if (isNewest()) store.setState({ answer: ready(reply) });
    } catch {
      if (isNewest()) store.setState({ answer: FAILED });
    }
  };

  return {
    store,
    open(project) {
      cancelAsk();
      opened = project;
      store.setState({ madeUp: { ...FIRST }, answer: LOADING });
      void send();
    },
    set(next) {
      store.setState({ madeUp: { ...store.getState().madeUp, ...next } });
      cancelAsk();
      cancelAsk = clock.after(REST_MS, () => void send());
    },
    retry() {
      store.setState({ answer: LOADING });
      void send();
    },
  };
}
