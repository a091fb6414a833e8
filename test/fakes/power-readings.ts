import type { PowerReading, PowerSupply, UpsReading } from '../../shared/contract/energy.ts';
import type { BatteryState } from '../../shared/contract/vocabulary.ts';

const READ_AT = '2026-01-05T10:00:00.000Z';

export interface LaptopFacts {
  readonly percent: number | null;
  readonly ac?: boolean | null;
  readonly status?: BatteryState;
  readonly powerW?: number | null;
  readonly fullWh?: number;
  readonly ups?: readonly UpsReading[];
}

/** A laptop with one battery and one adapter. Off AC it discharges with 10 W unless told otherwise. */
export function laptop(facts: LaptopFacts): PowerReading {
  const ac = facts.ac ?? false;
  const status = facts.status ?? (ac ? 'charging' : 'discharging');
  const drains = status === 'discharging' ? -10 : status === 'charging' ? 30 : 0;
  const powerW = facts.powerW === undefined ? drains : facts.powerW;
  const battery = batterySupply('BAT0', { ...facts, status, powerW });
  const adapter = facts.ac === null ? adapterSupply(null) : adapterSupply(ac);
  return reading([adapter, battery], facts.ups ?? []);
}

/** No battery; `ups` as given. */
export function desktop(ups: readonly UpsReading[] = [], more: readonly PowerSupply[] = []): PowerReading {
  return reading(more, ups);
}

export function batterySupply(
  name: string,
  facts: {
    readonly percent: number | null;
    readonly status: BatteryState;
    readonly powerW?: number | null;
    readonly fullWh?: number;
  },
): PowerSupply {
  const fullWh = facts.fullWh ?? 50;
  return {
    name,
    kind: 'battery',
    scope: 'system',
    source: 'sysfs',
    online: null,
    status: facts.status,
    percent: facts.percent,
    energyWh: facts.percent === null ? null : (facts.percent * fullWh) / 100,
    energyFullWh: fullWh,
    powerW: facts.powerW ?? null,
    counted: true,
    reason: 'system battery',
    readAt: READ_AT,
  };
}

export function adapterSupply(online: boolean | null, name = 'AC'): PowerSupply {
  return {
    name,
    kind: 'mains',
    scope: 'system',
    source: 'sysfs',
    online,
    status: null,
    percent: null,
    energyWh: null,
    energyFullWh: null,
    powerW: null,
    counted: true,
    reason: 'mains adapter',
    readAt: READ_AT,
  };
}

/** A UPS that feeds this machine, on line and full unless told otherwise. */
export function ups(facts: Partial<UpsReading> = {}): UpsReading {
  return {
    name: 'ups@127.0.0.1',
    source: 'nut',
    status: facts.onBattery === true ? 'OB DISCHRG' : 'OL',
    onBattery: false,
    lowBattery: false,
    replaceBattery: false,
    forcedShutdown: false,
    bypass: false,
    overload: false,
    off: false,
    calibrating: false,
    commLost: false,
    chargePercent: 100,
    runtimeSeconds: 3600,
    loadPercent: 20,
    feedsThisMachine: true,
    problem: null,
    readAt: READ_AT,
    ...facts,
  };
}

export function reading(supplies: readonly PowerSupply[], upses: readonly UpsReading[] = []): PowerReading {
  return {
    supplies,
    ups: upses,
    thermal: { coolingStatus: null, hottestC: null, zone: null, headroomC: null, sensors: [] },
    readAt: READ_AT,
    problems: [],
  };
}
