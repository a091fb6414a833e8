import type { EnergyConfig } from '../../shared/contract/config.ts';
import type { PowerSupply, Thermal, UpsReading } from '../../shared/contract/energy.ts';
import { coolingOf } from '../../shared/energy/cooling.ts';
import type { ReadSensor } from '../../shared/energy/cooling.ts';
import { settleSupplies } from '../../shared/energy/supply-role.ts';
import { temperaturePlausibility } from '../../shared/energy/temperature.ts';
import type { Clock } from '../clock.ts';
import { isoNow } from '../clock.ts';
import type { PowerReader } from './power-reader.ts';
import { batteryOf } from './system-battery.ts';
import type { BatteryWord, SystemBattery } from './system-battery.ts';

/** What is used of systeminformation. */
export interface SystemFacts {
  battery(): Promise<SystemBattery>;
  cpuTemperature(): Promise<{ main: number | null; max?: number | null }>;
}

export interface SystemPowerReaderOptions {
  /** `process.platform`: "darwin" or "win32". */
  readonly platform: string;
  readonly loadFacts: () => Promise<SystemFacts>;
  readonly energy: EnergyConfig;
  readonly clock: Clock;
  readonly upsReadings: () => readonly UpsReading[];
}

/** It starts processes of the system's own tools, which may take seconds and may hang. */
const DEADLINE_MS = 8_000;

/**
 * macOS and Windows: battery facts through systeminformation, behind rules for its known faults (`system-battery.ts`).
 * A machine that once showed a battery and now shows none has not become a desktop: that look failed.
 */
export function createSystemPowerReader(options: SystemPowerReaderOptions): PowerReader {
  const { clock, energy, platform } = options;
  let before: BatteryWord | null = null;
  let hasSeenBattery = false;
  return {
    async read() {
      const facts = await withDeadline(options.loadFacts(), clock);
      const [raw, temperature] = await withDeadline(
        Promise.all([facts.battery(), facts.cpuTemperature().catch(() => null)]),
        clock,
      );
      const word = batteryOf(raw, platform, before);
      if (word === null && hasSeenBattery)
        throw new Error('the battery was there before and is not shown now');
      before = word;
      hasSeenBattery ||= word !== null;
      const readAt = isoNow(clock);
      return {
        supplies: word === null ? [] : suppliesOf(word, energy, readAt),
        ups: options.upsReadings(),
        thermal: thermalOf(temperature?.main ?? null),
        readAt,
        problems: word?.problem === undefined ? [] : [word.problem],
      };
    },
    close: () => Promise.resolve(),
  };
}

async function withDeadline<T>(work: Promise<T>, clock: Clock): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(DEADLINE_MS, () =>
      reject(new Error(`the system's battery facts did not come within ${DEADLINE_MS / 1000} s`)),
    );
    work.then(
      (value) => {
        cancel();
        resolve(value);
      },
      (error: unknown) => {
        cancel();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}

function suppliesOf(word: BatteryWord, energy: EnergyConfig, readAt: string): readonly PowerSupply[] {
  const common = { scope: 'system', source: 'system', readAt } as const;
  const isLeftOut = energy.alwaysOnMains || energy.ignoreSupplies.includes(word.name);
  const battery: PowerSupply = {
    ...common,
    name: word.name,
    kind: 'battery',
    online: null,
    status: word.status,
    percent: word.percent,
    energyWh: word.energyWh,
    energyFullWh: word.energyFullWh,
    powerW: null,
    counted: !isLeftOut,
    reason: isLeftOut ? 'left out, as set' : (word.problem ?? 'system battery'),
  };
  const adapter: PowerSupply = {
    ...common,
    name: 'adapter',
    kind: 'mains',
    online: word.isAdapterOnline,
    status: null,
    percent: null,
    energyWh: null,
    energyFullWh: null,
    powerW: null,
    counted: true,
    reason: word.isAdapterOnline === null ? 'the system does not say' : 'mains adapter',
  };
  return settleSupplies([adapter, battery]);
}

function thermalOf(valueC: number | null): Thermal {
  // -1 and 0 are what systeminformation gives when it found no sensor or may not read it.
  if (valueC === null || valueC <= 0) return coolingOf([], null);
  const sensor: ReadSensor = {
    path: 'system/cpu',
    label: 'cpu',
    chip: 'cpu',
    valueC,
    criticalC: null,
    hotC: null,
    ...temperaturePlausibility('cpu', '', valueC),
  };
  return coolingOf([sensor], null);
}
