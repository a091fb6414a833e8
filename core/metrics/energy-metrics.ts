import type { EnergyState } from '../../shared/contract/energy.ts';
import { ENERGY_LEVELS } from '../../shared/contract/vocabulary.ts';
import { MOST_PARTS } from './labels.ts';
import { gauge, ratio, sample, type Metric, type Sample } from './metric.ts';

/** Level, batteries, supplies, what the machine draws and what lies ahead. */
export const ENERGY_METRICS: readonly Metric[] = [
  gauge({
    name: 'orch_energy_level',
    help: 'Energy level: 0 CRITICAL, 1 LOW, 2 MEDIUM, 3 HIGH, 4 FULL; absent while UNKNOWN',
    read: ({ snapshot }) => sample(snapshot.energy.levelValue),
  }),
  gauge({
    name: 'orch_energy_level_info',
    help: 'The energy level as a word; always 1',
    labels: ['level'],
    most: ENERGY_LEVELS.length,
    read: ({ snapshot }) => sample(1, { level: snapshot.energy.level }),
  }),
  gauge({
    name: 'orch_battery_charge_ratio',
    help: 'Charge of all counted batteries together, 0 to 1',
    read: ({ snapshot }) => sample(ratio(snapshot.energy.percent)),
  }),
  gauge({
    name: 'orch_battery_power_watts',
    help: 'Power into the counted batteries; below zero they drain',
    unit: 'W',
    read: ({ snapshot }) => sample(snapshot.energy.netPowerW),
  }),
  gauge({
    name: 'orch_energy_reserve_ratio',
    help: 'Charge under 10 % that external power hides behind FULL, 0 to 1; absent without such a reserve',
    read: ({ snapshot }) => sample(ratio(snapshot.energy.reservePercent)),
  }),
  gauge({
    name: 'orch_energy_external_power',
    help: '1 while fed from outside, 0 on battery; absent where that cannot be read',
    read: ({ snapshot }) => sample(snapshot.energy.onExternalPower),
  }),
  gauge({
    name: 'orch_machine_power_watts',
    help: 'What the machine draws now',
    unit: 'W',
    labels: ['provenance'],
    most: 2,
    read: ({ snapshot: { draw } }) =>
      draw === undefined ? [] : sample(draw.powerW, { provenance: draw.provenance }),
  }),
  gauge({
    name: 'orch_supply_power_watts',
    help: 'Power of one supply; below zero a battery drains',
    unit: 'W',
    labels: ['supply', 'kind', 'source'],
    most: MOST_PARTS,
    read: ({ snapshot }) => perSupply(snapshot.energy, ({ powerW }) => powerW),
  }),
  gauge({
    name: 'orch_supply_current_amperes',
    help: 'Current of one battery; below zero it drains; modelled from its watts and volts where no gauge tells it',
    unit: 'A',
    labels: ['supply', 'kind', 'source', 'provenance'],
    most: MOST_PARTS,
    read: ({ snapshot }) => snapshot.energy.supplies.flatMap(current),
  }),
  gauge({
    name: 'orch_supply_charge_ratio',
    help: 'Charge of one supply, 0 to 1',
    labels: ['supply', 'kind', 'source'],
    most: MOST_PARTS,
    read: ({ snapshot }) => perSupply(snapshot.energy, ({ percent }) => ratio(percent)),
  }),
  gauge({
    name: 'orch_supply_online',
    help: '1 where an adapter or input gives power, 0 where it does not',
    labels: ['supply', 'kind', 'source'],
    most: MOST_PARTS,
    read: ({ snapshot }) => perSupply(snapshot.energy, ({ online }) => online),
  }),
  gauge({
    name: 'orch_forecast_seconds',
    help: 'Time until the charge falls to a threshold, at 10, 50 and 90 % of the range; absent while fed from outside',
    unit: 's',
    labels: ['threshold_percent', 'range_percent'],
    most: 12,
    read: ({ snapshot }) =>
      snapshot.forecast.flatMap(({ thresholdPercent, minutes10, minutes50, minutes90 }) =>
        [['10', minutes10] as const, ['50', minutes50] as const, ['90', minutes90] as const].flatMap(
          ([range, minutes]) =>
            sample(60 * minutes, { threshold_percent: String(thresholdPercent), range_percent: range }),
        ),
      ),
  }),
  gauge({
    name: 'orch_forecast_error_seconds',
    help: 'Mean error of past forecasts that looked ahead so far or less',
    unit: 's',
    labels: ['horizon_minutes'],
    most: 12,
    read: ({ snapshot }) =>
      (snapshot.forecastErrors ?? []).flatMap(({ horizonMinutes, meanAbsoluteErrorMinutes }) =>
        sample(60 * meanAbsoluteErrorMinutes, { horizon_minutes: String(horizonMinutes) }),
      ),
  }),
];

type Supply = EnergyState['supplies'][number];

function perSupply(
  { supplies }: EnergyState,
  read: (supply: Supply) => number | boolean | null | undefined,
): readonly Sample[] {
  return supplies.flatMap((supply) =>
    sample(read(supply), { supply: supply.name, kind: supply.kind, source: supply.source }),
  );
}

function current({ name, kind, source, powerW, currentA, voltageV }: Supply): readonly Sample[] {
  const labels = { supply: name, kind, source };
  // Watts that were not believed make their amperes not believed either.
  if (powerW === null) return [];
  if (currentA !== undefined) return sample(currentA, { ...labels, provenance: 'measured' });
  return voltageV === undefined ? [] : sample(powerW / voltageV, { ...labels, provenance: 'modelled' });
}
