import type { Clock } from './clock.ts';

/** Runs `work` at a steady beat and whenever asked; two runs never overlap. */
export interface Loop {
  /** The first beat comes one interval from now. */
  start(): void;
  /** Asks for a run at once, or right after the one under way. Many asks become one run. */
  request(): void;
  /** Resolves when the run under way has ended. */
  stop(): Promise<void>;
}

export interface LoopParts {
  readonly clock: Clock;
  readonly intervalMs: () => number;
  readonly work: () => Promise<void>;
  /** A run that throws ends nothing: the next one comes all the same. */
  readonly onFault: (error: unknown) => void;
}

export function createLoop({ clock, intervalMs, work, onFault }: LoopParts): Loop {
  let running: Promise<void> | null = null;
  let isWanted = false;
  let isStopped = true;
  const goesOn = (): boolean => isWanted && !isStopped;
  let cancelBeat: (() => void) | null = null;

  const run = async (): Promise<void> => {
    do {
      isWanted = false;
      try {
        await work();
      } catch (error) {
        onFault(error);
      }
    } while (goesOn());
    running = null;
  };
  const request = (): void => {
    if (isStopped) return;
    isWanted = true;
    running ??= run();
  };
  // The next beat counts from this one, not from the end of the work: a slow run does not slow the beat.
  const wait = (): void => {
    cancelBeat = clock.after(intervalMs(), () => {
      wait();
      request();
    });
  };

  return {
    start() {
      isStopped = false;
      wait();
    },
    request,
    async stop() {
      isStopped = true;
      cancelBeat?.();
      await running;
    },
  };
}
