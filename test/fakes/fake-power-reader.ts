import type { PowerReader } from '../../core/energy/power-reader.ts';
import type { PowerReading } from '../../shared/contract/energy.ts';

/** A reading, or what is asked for one each time; it may throw or never answer. */
export type Shown = PowerReading | (() => PowerReading | Promise<PowerReading>);

export interface FakePowerReader extends PowerReader {
  /** What the next reads give. */
  gives(next: Shown): void;
  readonly reads: () => number;
  readonly closed: () => boolean;
}

/** A reader whose answers a test decides. */
export function fakePowerReader(first: Shown): FakePowerReader {
  let next = asked(first);
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
      next = asked(wanted);
    },
    reads: () => reads,
    closed: () => closed,
  };
}

function asked(shown: Shown): () => PowerReading | Promise<PowerReading> {
  return typeof shown === 'function' ? shown : () => shown;
}
