import type { Config } from '../shared/contract/config.ts';
import type { Machine } from '../shared/contract/energy.ts';
import type { Clock } from './clock.ts';
import { createLoadSensor, machineLoadReaders } from './energy/load.ts';
import { createGetSmall } from './energy/network-request.ts';
import { createNetworkSensor } from './energy/network.ts';

/** This machine's load and reach. */
export interface MachineProbe {
  read(): Promise<Machine>;
  close(): void;
}

export interface MachineProbeParts {
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  /** "/sys", or a root in its place. */
  readonly sysfsDir: string;
  readonly network: Config['network'];
}

const PROC_DIR = '/proc';
/** A burst of events asks often and would hear the same. */
const SAME_ANSWER_MS = 1000;

export function createMachineProbe({ clock, platform, sysfsDir, network }: MachineProbeParts): MachineProbe {
  const places = { platform, procRoot: PROC_DIR, sysRoot: sysfsDir };
  const load = createLoadSensor(clock, machineLoadReaders(places));
  const net = createNetworkSensor({ clock, ...places, ...network, get: createGetSmall(clock) });
  let last: { readonly atMs: number; readonly machine: Machine } | null = null;
  return {
    async read() {
      const atMs = clock.monotonicMs();
      if (last !== null && atMs - last.atMs < SAME_ANSWER_MS) return last.machine;
      const [sampled, { status }] = await Promise.all([load.sample(), net.read()]);
      last = { atMs, machine: { ...sampled, networkStatus: status } };
      return last.machine;
    },
    close() {
      load.close();
      net.close();
    },
  };
}
