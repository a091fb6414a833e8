import process from 'node:process';

import type { EnergyConfig } from '../../shared/contract/config.ts';
import type { PowerReading, UpsReading } from '../../shared/contract/energy.ts';
import type { Clock } from '../clock.ts';
import { isoNow } from '../clock.ts';
import { createSensorThread } from './sensor-thread.ts';
import { createStuckExit } from './stuck-exit.ts';
import { createSystemPowerReader } from './system.ts';

/** Everything one look at the machine's power gives. */
export interface PowerReader {
  /** @throws Error when the sensors could not be read; never an answer made of zeros */
  read(): Promise<PowerReading>;
  close(): Promise<void>;
}

export interface LinuxPowerReaderOptions {
  /** "/sys", or a root in its place. */
  readonly sysfsDir: string;
  readonly energy: EnergyConfig;
  readonly clock: Clock;
  /** File of the sensor thread: `sensorWorkerUrl` of `product-files.ts`. */
  readonly workerUrl: URL;
  /** The latest word of every UPS, from memory. */
  readonly upsReadings: () => readonly UpsReading[];
}

/** Linux: our own look at sysfs, in a thread of its own. */
export function createLinuxPowerReader(options: LinuxPowerReaderOptions): PowerReader {
  const { clock, energy } = options;
  const thread = createSensorThread({
    sysfsDir: options.sysfsDir,
    choice: { alwaysOnMains: energy.alwaysOnMains, ignoreSupplies: energy.ignoreSupplies },
    workerUrl: options.workerUrl,
    clock,
    onStuck: createStuckExit(process),
  });
  return {
    async read() {
      const { supplies, thermal, problems } = await thread.look();
      const readAt = isoNow(clock);
      return {
        supplies: supplies.map((supply) => ({ ...supply, readAt })),
        ups: options.upsReadings(),
        thermal,
        readAt,
        problems,
      };
    },
    close: () => thread.close(),
  };
}

/** The reader for a platform: `process.platform`, or "linux" where a sysfs root was given by hand. */
export function createPowerReader(
  options: LinuxPowerReaderOptions & { readonly platform: string },
): PowerReader {
  if (options.platform === 'linux') return createLinuxPowerReader(options);
  return createSystemPowerReader({
    ...options,
    loadFacts: async () => (await import('systeminformation')).default,
  });
}
