import type { App } from 'electron';

import type { Clock } from '../core/clock.ts';

/** What a session's end, a service manager and a terminal send. */
const ENDING_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** Longer than a hosted core takes to close its database; then a stuck part is left behind. */
const FINISH_LIMIT_MS = 20_000;

export interface QuitParts {
  readonly app: Pick<App, 'on' | 'quit'>;
  readonly signals: { on(signal: (typeof ENDING_SIGNALS)[number], listener: () => void): unknown };
  readonly clock: Clock;
}

export interface Leaving {
  /** From the first request to quit on. */
  isUnderWay(): boolean;
}

/**
 * Lets the app leave only after `finish` has run, once: a hosted core closes its database first. A second
 * request while it runs changes nothing; a `finish` that fails, or takes over 20 s, does not keep the app. Signals
 * ask for the same: Electron heeds them by itself only in a packaged app.
 */
export function installQuit({ app, signals, clock }: QuitParts, finish: () => Promise<void>): Leaving {
  for (const signal of ENDING_SIGNALS) signals.on(signal, () => app.quit());
  let stage: 'running' | 'finishing' | 'done' = 'running';
  const leave = (): void => {
    if (stage === 'done') return;
    stage = 'done';
    app.quit();
  };
  app.on('before-quit', (event) => {
    if (stage === 'done') return;
    event.preventDefault();
    if (stage === 'finishing') return;
    stage = 'finishing';
    const cancelLimit = clock.after(FINISH_LIMIT_MS, () => {
      console.error(`Not everything was closed within ${FINISH_LIMIT_MS / 1000} s.`);
      leave();
    });
    void finish()
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        cancelLimit();
        leave();
      });
  });
  return { isUnderWay: () => stage !== 'running' };
}
