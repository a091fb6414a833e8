import type { App } from 'electron';

/** What a session's end, a service manager and a terminal send. */
const ENDING_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

export interface Signals {
  on(signal: (typeof ENDING_SIGNALS)[number], listener: () => void): unknown;
}

/**
 * Lets the app leave only after `finish` has run, once: a hosted core closes its database first. A second
 * request while it runs changes nothing; a failing `finish` does not keep the app. Signals ask for the same:
 * Electron heeds them by itself only in a packaged app.
 */
export function installQuit(
  app: Pick<App, 'on' | 'quit'>,
  signals: Signals,
  finish: () => Promise<void>,
): void {
  for (const signal of ENDING_SIGNALS) signals.on(signal, () => app.quit());
  let stage: 'running' | 'finishing' | 'done' = 'running';
  app.on('before-quit', (event) => {
    if (stage === 'done') return;
    event.preventDefault();
    if (stage === 'finishing') return;
    stage = 'finishing';
    void finish()
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        stage = 'done';
        app.quit();
      });
  });
}
