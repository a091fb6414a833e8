import type { Decision } from '../../shared/contract/decision.ts';
import type { EnergyState, PowerSupply, UpsReading } from '../../shared/contract/energy.ts';
import type { ProjectState } from '../../shared/contract/state.ts';
import type { ChangeType, EnergyLevel, Verdict } from '../../shared/contract/vocabulary.ts';
import { CHANGE_TYPES } from '../../shared/contract/vocabulary.ts';

/** The parts that the example snapshots are made of. */

export const EXAMPLE_AT = '2026-01-05T10:00:00.000Z';
const READ_AT = '2026-01-05T09:59:56.000Z';
const T = '\u202f';

export function exampleSupply(over: Partial<PowerSupply> = {}): PowerSupply {
  return {
    name: 'BAT0',
    kind: 'battery',
    scope: 'system',
    source: 'sysfs',
    online: null,
    status: 'discharging',
    percent: 17,
    energyWh: 8.22,
    energyFullWh: 48.39,
    powerW: -9.11,
    counted: true,
    reason: 'system battery',
    readAt: READ_AT,
    ...over,
  };
}

export function exampleAdapter(online: boolean | null): PowerSupply {
  return exampleSupply({
    name: 'ADP1',
    kind: 'mains',
    online,
    status: null,
    percent: null,
    energyWh: null,
    energyFullWh: null,
    powerW: null,
    reason: 'mains adapter',
  });
}

export const EXAMPLE_MOUSE = exampleSupply({
  name: 'hidpp_battery_0',
  scope: 'device',
  status: 'discharging',
  percent: 3,
  energyWh: null,
  energyFullWh: null,
  powerW: null,
  counted: false,
  reason: 'belongs to a device (a mouse), does not feed this machine',
});

export function exampleUps(over: Partial<UpsReading> = {}): UpsReading {
  return {
    name: 'ups@127.0.0.1',
    source: 'nut',
    status: 'OL CHRG',
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
    runtimeSeconds: 1860,
    loadPercent: 18,
    feedsThisMachine: true,
    problem: null,
    readAt: READ_AT,
    ...over,
  };
}

export function exampleEnergy(over: Partial<EnergyState> = {}): EnergyState {
  return {
    level: 'LOW',
    levelValue: 1,
    why: `battery 17${T}%, draining 9.1${T}W`,
    onExternalPower: false,
    percent: 17.2,
    netPowerW: -9.11,
    state: 'discharging',
    reservePercent: null,
    batteryPresent: true,
    supplies: [exampleAdapter(false), exampleSupply(), EXAMPLE_MOUSE],
    ups: [],
    thermal: {
      coolingStatus: 'NORMAL',
      hottestC: 55,
      zone: 'x86_pkg_temp',
      headroomC: 35,
      sensors: [
        {
          path: 'thermal/thermal_zone0/temp',
          label: 'x86_pkg_temp',
          valueC: 55,
          plausible: true,
          reason: 'in range',
        },
        {
          path: 'hwmon/hwmon3/temp1_input',
          label: 'SYSTIN',
          valueC: 127,
          plausible: false,
          reason: 'over 125 °C',
        },
      ],
    },
    readAt: READ_AT,
    ...over,
  };
}

export interface Judged {
  readonly verdict: Verdict;
  readonly why?: string;
  readonly way?: string;
  readonly also?: string;
  /** The rule that binds. */
  readonly code?: string;
  readonly retryAfterSeconds?: number;
  /** How old the report was. */
  readonly reportSeconds?: number;
}

export function exampleDecision(
  project: string,
  change: ChangeType,
  judged: Judged,
  level: EnergyLevel,
): Decision {
  const { verdict, why, way, also } = judged;
  const passes = verdict === 'allow';
  return {
    id: `d-${project}-${change}`,
    project,
    change,
    verdict,
    bindingReason: passes ? null : (why ?? 'Not judged.'),
    reasons: [
      ...(passes ? [] : [{ code: judged.code ?? 'energy-low', text: why ?? 'Not judged.', verdict }]),
      ...(also === undefined ? [] : [{ code: 'wellbeing-safe', text: also, verdict: 'throttle' as const }]),
    ],
    cheapestWayToPass: passes ? null : (way ?? 'wait'),
    retryAfterSeconds: judged.retryAfterSeconds ?? null,
    operatingMode: 'NORMAL',
    level,
    decidedAt: EXAMPLE_AT,
    ages: { energy: 4, report: judged.reportSeconds ?? 240 },
    inputsHash: 'c0ffee',
  };
}

export function exampleProject(
  over: Partial<ProjectState> & Pick<ProjectState, 'id'>,
  judged: Partial<Record<ChangeType, Judged>> = {},
  level: EnergyLevel = 'LOW',
): ProjectState {
  const decisions = Object.fromEntries(
    CHANGE_TYPES.map((change) => [
      change,
      exampleDecision(over.id, change, judged[change] ?? { verdict: 'allow' }, level),
    ]),
  );
  return {
    path: `/home/sam/${over.id}`,
    profile: 'business',
    scores: { integration: 82, wellbeing: 70, stability: 75 },
    mode: 'FAST',
    operatingMode: 'NORMAL',
    confidence: 0.9,
    freshness: 'fresh',
    problem: null,
    decisions,
    showInTray: true,
    defaultChange: 'feature',
    ...over,
  };
}

export function exampleMachine(
  over: Partial<ProjectState> = {},
  judged: Partial<Record<ChangeType, Judged>> = {},
) {
  return exampleProject(
    {
      id: 'infrastructure',
      path: null,
      profile: 'infrastructure',
      scores: { power_available: 1, cooling_status: 'NORMAL', network_status: 'ONLINE' },
      mode: 'NORMAL',
      confidence: 1,
      defaultChange: 'infra',
      ...over,
    },
    judged,
  );
}
