import type { EnergyState, UpsReading } from '../../shared/contract/energy.ts';
import { MOST_PARTS } from './labels.ts';
import { gauge, ratio, sample, type Metric, type Sample } from './metric.ts';

/** Uninterruptible supplies, as their daemons tell. */
export const UPS_METRICS: readonly Metric[] = [
  gauge({
    name: 'orch_ups_on_battery',
    help: '1 while the UPS feeds from its battery, 0 on line; absent while it says neither',
    labels: ['ups'],
    most: MOST_PARTS,
    read: ({ snapshot }) => perUps(snapshot.energy, ({ onBattery }) => onBattery),
  }),
  gauge({
    name: 'orch_ups_answering',
    help: '1 while the UPS answers and is believed, 0 while not',
    labels: ['ups'],
    most: MOST_PARTS,
    read: ({ snapshot }) => everyUps(snapshot.energy, ({ problem }) => problem === null),
  }),
  gauge({
    name: 'orch_ups_battery_low',
    help: '1 while the UPS says its battery is low',
    labels: ['ups'],
    most: MOST_PARTS,
    read: ({ snapshot }) => perUps(snapshot.energy, ({ lowBattery }) => lowBattery),
  }),
  gauge({
    name: 'orch_ups_battery_replace',
    help: '1 while the UPS asks for a new battery',
    labels: ['ups'],
    most: MOST_PARTS,
    read: ({ snapshot }) => perUps(snapshot.energy, ({ replaceBattery }) => replaceBattery),
  }),
  gauge({
    name: 'orch_ups_charge_ratio',
    help: 'Charge of the UPS, 0 to 1',
    labels: ['ups'],
    most: MOST_PARTS,
    read: ({ snapshot }) => perUps(snapshot.energy, ({ chargePercent }) => ratio(chargePercent)),
  }),
  gauge({
    name: 'orch_ups_load_ratio',
    help: 'Load of the UPS, 1 being its rating',
    labels: ['ups'],
    most: MOST_PARTS,
    read: ({ snapshot }) => perUps(snapshot.energy, ({ loadPercent }) => ratio(loadPercent)),
  }),
  gauge({
    name: 'orch_ups_runtime_seconds',
    help: 'How long the UPS says it lasts',
    unit: 's',
    labels: ['ups'],
    most: MOST_PARTS,
    read: ({ snapshot }) => perUps(snapshot.energy, ({ runtimeSeconds }) => runtimeSeconds),
  }),
];

/** What a UPS that does not answer said last is not what it says now. */
function perUps(energy: EnergyState, read: (ups: UpsReading) => number | boolean | null): readonly Sample[] {
  return everyUps(energy, (ups) => (ups.problem === null ? read(ups) : null));
}

function everyUps(
  energy: EnergyState,
  read: (ups: UpsReading) => number | boolean | null,
): readonly Sample[] {
  return energy.ups.flatMap((ups) => sample(read(ups), { ups: ups.name }));
}
