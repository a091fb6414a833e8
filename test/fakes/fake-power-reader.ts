import type { PowerReader } from '../../core/energy/power-reader.ts';
import type { PowerReading } from '../../shared/contract/energy.ts';

export interface FakePowerReader extends PowerReader {
  /** What the next reads give. A function is asked each time and may throw or never answer. */
  gives(next: PowerReading | (() => PowerReading | Promise<PowerReading>)): void;
  readonly reads: () => number;
  readonly closed: () => boolean;
}

/** A reader whose answers a test decides. */
export function fakePowerReader(first: PowerReading): FakePowerReader {
  let next: () => PowerReading | Promise<PowerReading> = () => first;
  let reads = 0;
  let closed = false;
  return {
    async read() {
      reads += 1;
      return next();
    },
    async close() {
      closed = true;
      await Promise.resolve();
    },
    gives(wanted) {
      next = typeof wanted === 'function' ? wanted : () => wanted;
    },
    reads: () => reads,
    closed: () => closed,
  };
}
