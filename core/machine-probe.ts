import type { Config } from '../shared/contract/config.ts';
import type { Machine } from '../shared/contract/energy.ts';
import type { Clock } from './clock.ts';
import { createLoadSensor, machineLoadReaders } from './energy/load.ts';
import { createGetSmall } from './energy/network-request.ts';
import { createNetworkSensor } from './energy/network.ts';

/** This machine's load and reach. */
export interface MachineProbe {
  read(): Promise<Machine>;
}

export interface MachineProbeParts {
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  /** "/sys", or a root in its place. */
  readonly sysfsDir: string;
  readonly network: Config['network'];
}

const PROC_DIR = '/proc';

export function createMachineProbe({ clock, platform, sysfsDir, network }: MachineProbeParts): MachineProbe {
  const places = { platform, procRoot: PROC_DIR, sysRoot: sysfsDir };
  const load = createLoadSensor(clock, machineLoadReaders(places));
  const net = createNetworkSensor({ clock, ...places, ...network, get: createGetSmall(clock) });
  return {
    async read() {
      const [sampled, { status }] = await Promise.all([load.sample(), net.read()]);
      return { ...sampled, networkStatus: status };
    },
  };
}
