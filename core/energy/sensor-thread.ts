import { Worker } from 'node:worker_threads';

import type { Clock } from '../clock.ts';
import type { SupplyChoice } from './linux-power-supply.ts';
import type { SensorsRead } from './linux-sensors.ts';
import { SENSORS_READY, createSensorChannel } from './sensor-channel.ts';
import type { SensorAsker, SensorThreadData } from './sensor-channel.ts';

/** A driver that needs so long hangs. */
const DEADLINE_MS = 1000;
/** Most looks take well under a millisecond; standing still for so long costs less than being woken for each. */
const STAND_STILL_MS = 2;
/** A thread may need this long to start on a busy machine. */
const START_DEADLINE_MS = 3000;

export interface SensorThreadOptions {
  readonly sysfsDir: string;
  readonly choice: SupplyChoice;
  readonly workerUrl: URL;
  readonly clock: Clock;
  /** Called once for each thread that could not be ended, with a way to ask whether it still is there. */
  readonly onStuck: (isStuck: () => boolean) => void;
}

export interface SensorThread {
  /** @throws Error when the sensors do not answer in time, or the thread fails */
  look(): Promise<SensorsRead>;
  close(): Promise<void>;
}

interface Running {
  readonly worker: Worker;
  readonly asker: SensorAsker;
  isReady: boolean;
  waiting: Waiting | null;
}

interface Waiting {
  /** Starts the time a look may take, once the thread can be asked. */
  readonly onReady: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * The one thread that reads sensors. When it misses its deadline it is left behind, and the next look starts
 * another that leaves the hanging folder out, until the first one comes back. Should the second hang as well, no
 * third is started: looks fail until one of them ends.
 */
export function createSensorThread(options: SensorThreadOptions): SensorThread {
  const { clock } = options;
  const stuck = new Map<Worker, string>();
  let running: Running | null = null;
  let pending: Promise<SensorsRead> | null = null;
  let isClosed = false;

  const start = (): Running => {
    const { memory, asker } = createSensorChannel();
    const workerData: SensorThreadData = { sysfsDir: options.sysfsDir, choice: options.choice, memory };
    const worker = new Worker(options.workerUrl, {
      workerData,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 },
    });
    const started: Running = { worker, asker, isReady: false, waiting: null };
    worker.on('message', (message) => {
      if (message !== SENSORS_READY) return;
      started.isReady = true;
      started.waiting?.onReady();
    });
    const gone = (error: Error): void => {
      stuck.delete(worker);
      if (running === started) running = null;
      started.waiting?.reject(error);
    };
    worker.on('error', (error) => gone(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => gone(new Error(`the sensor thread ended with ${code}`)));
    worker.unref();
    running = started;
    return started;
  };

  const abandon = (late: Running): string => {
    const folder = late.asker.folder();
    if (running === late) running = null;
    stuck.set(late.worker, folder);
    options.onStuck(() => stuck.has(late.worker));
    // Ends a thread that is only slow; one inside a driver's read stays until the driver lets go.
    void late.worker.terminate();
    late.worker.unref();
    return folder;
  };

  const ask = async (): Promise<SensorsRead> => {
    if (isClosed) throw new Error('the sensors are closed');
    if (running === null && stuck.size > 1)
      throw new Error(`sensors hang: ${[...stuck.values()].join(', ')}`);
    const thread = running ?? start();
    const { asker } = thread;
    asker.ask([...stuck.values()].filter((folder) => folder !== ''));
    // What the asker does besides goes first, to its end: the thread reads meanwhile.
    await Promise.resolve();
    await new Promise<void>((resolve) => process.nextTick(resolve));
    if (!thread.isReady || !asker.isAnsweredWithin(STAND_STILL_MS)) await answered(thread);
    return asker.answer();
  };

  /** Waits beside everything else. */
  const answered = async (thread: Running): Promise<void> => {
    let cancel = (): void => undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        const allow = (limitMs: number): void => {
          cancel();
          cancel = clock.after(limitMs, () => {
            const folder = abandon(thread);
            const where = folder === '' ? '' : ` at ${folder}`;
            reject(new Error(`the sensors did not answer within ${limitMs / 1000} s${where}`));
          });
        };
        thread.waiting = { onReady: () => allow(DEADLINE_MS), reject };
        allow(thread.isReady ? DEADLINE_MS : START_DEADLINE_MS);
        // While an answer is due the thread keeps the process alive; the clock's timers do not.
        thread.worker.ref();
        // Without a limit, what waits for a thread that never answers would never go.
        void thread.asker.answered(DEADLINE_MS + START_DEADLINE_MS).then(resolve);
      });
    } finally {
      cancel();
      thread.waiting = null;
      thread.worker.unref();
    }
  };

  return {
    look() {
      pending ??= ask().finally(() => {
        pending = null;
      });
      return pending;
    },
    async close() {
      isClosed = true;
      const last = running?.worker;
      running = null;
      await last?.terminate();
    },
  };
}
