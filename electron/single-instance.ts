import type { App } from 'electron';

export interface SingleInstance {
  /** Hears of every later start, one that came before included. */
  onSecondStart(listener: () => void): void;
}

/**
 * One shell a home: the lock belongs to the user-data folder, which lies in the product's home. Null means
 * that another shell runs; it has been told and shows its window, and this one must leave.
 */
export function takeSingleInstance(
  app: Pick<App, 'requestSingleInstanceLock' | 'on'>,
): SingleInstance | null {
  if (!app.requestSingleInstanceLock()) return null;
  let listener: (() => void) | null = null;
  let hasMissed = false;
  app.on('second-instance', () => {
    if (listener === null) hasMissed = true;
    else listener();
  });
  return {
    onSecondStart(next) {
      listener = next;
      if (hasMissed) next();
      hasMissed = false;
    },
  };
}
