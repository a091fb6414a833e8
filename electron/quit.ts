import type { App } from 'electron';

/**
 * Lets the app leave only after `finish` has run, once: a hosted core closes its database first. A second
 * request while it runs changes nothing; a failing `finish` does not keep the app.
 */
export function installQuit(app: Pick<App, 'on' | 'quit'>, finish: () => Promise<void>): void {
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
