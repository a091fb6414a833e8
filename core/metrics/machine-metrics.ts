import type { EnergyState } from '../../shared/contract/energy.ts';
import { COOLING_STATUSES, NETWORK_STATUSES } from '../../shared/contract/vocabulary.ts';
import { MOST_PARTS } from './labels.ts';
import { counter, gauge, ratio, sample, type Metric, type Sample } from './metric.ts';

/** The machine's heat, load and reach. */
export const MACHINE_METRICS: readonly Metric[] = [
  gauge({
    name: 'orch_temperature_celsius',
    help: 'Plausible temperature sensors; those that share a name are the hottest of them',
    unit: 'Cel',
    labels: ['sensor'],
    most: MOST_PARTS,
    read: ({ snapshot }) => temperatures(snapshot.energy),
  }),
  gauge({
    name: 'orch_temperature_headroom_celsius',
    help: 'Degrees left to the critical point of the sensor that is nearest to its own',
    unit: 'Cel',
    read: ({ snapshot }) => sample(snapshot.energy.thermal.headroomC),
  }),
  gauge({
    name: 'orch_cooling_status',
    help: 'Cooling: 0 NORMAL, 1 WARM, 2 HOT, 3 CRITICAL',
    read: ({ snapshot }) => {
      const { coolingStatus } = snapshot.energy.thermal;
      return coolingStatus === null ? [] : sample(COOLING_STATUSES.indexOf(coolingStatus));
    },
  }),
  counter({
    name: 'orch_processor_throttled_total',
    help: 'How often the processor throttled itself for heat since the machine started',
    since: 'record',
    read: ({ snapshot }) => sample(snapshot.energy.thermal.throttleCount),
  }),
  gauge({
    name: 'orch_machine_cpu_ratio',
    help: 'Processor use of this machine, 0 to 1',
    read: ({ snapshot }) => sample(ratio(snapshot.machine.cpuPercent)),
  }),
  gauge({
    name: 'orch_machine_memory_ratio',
    help: 'Memory in use of this machine, 0 to 1',
    read: ({ snapshot }) => sample(ratio(snapshot.machine.memoryPercent)),
  }),
  gauge({
    name: 'orch_machine_gpu_ratio',
    help: 'Graphics processor use of this machine, 0 to 1; absent where it cannot be read',
    read: ({ snapshot }) => sample(ratio(snapshot.machine.gpuPercent)),
  }),
  gauge({
    name: 'orch_network_info',
    help: 'Reach of the network as a word; always 1',
    labels: ['status'],
    most: NETWORK_STATUSES.length,
    read: ({ snapshot: { machine } }) =>
      machine.networkStatus === null ? [] : sample(1, { status: machine.networkStatus }),
  }),
];

function temperatures({ thermal }: EnergyState): readonly Sample[] {
  const hottest = new Map<string, number>();
  for (const { label, valueC, plausible } of thermal.sensors) {
    if (plausible && valueC !== null) hottest.set(label, Math.max(valueC, hottest.get(label) ?? -Infinity));
  }
  return [...hottest].flatMap(([sensor, valueC]) => sample(valueC, { sensor }));
}
