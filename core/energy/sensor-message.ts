import type { SupplyChoice } from './linux-power-supply.ts';
import type { SensorsRead } from './linux-sensors.ts';

/** What the sensor thread is started with. */
export interface SensorThreadData {
  readonly sysfsDir: string;
  readonly choice: SupplyChoice;
  /** The folder being read, for whoever waits: see `createProgress`. */
  readonly progress: SharedArrayBuffer;
}

/** One look, please; `leftOut` are folders that hung before. */
export interface SensorQuestion {
  readonly id: number;
  readonly leftOut: readonly string[];
}

export type SensorAnswer =
  { readonly id: number; readonly read: SensorsRead } | { readonly id: number; readonly error: string };

/** Sent once, when the thread can be asked. */
export const SENSORS_READY = 'ready';

const PROGRESS_BYTES = 512;

/** A note in shared memory that survives the thread that wrote it: which folder is being read. */
export interface Progress {
  readonly memory: SharedArrayBuffer;
  write(folder: string): void;
  read(): string;
}

export function createProgress(memory = new SharedArrayBuffer(PROGRESS_BYTES)): Progress {
  const bytes = Buffer.from(memory);
  return {
    memory,
    write(folder) {
      bytes[0] = 0;
      bytes[0] = bytes.write(folder, 1, 'latin1') & 0xff;
    },
    read: () => bytes.toString('latin1', 1, 1 + (bytes[0] ?? 0)),
  };
}
