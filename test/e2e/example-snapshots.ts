import type { Decision } from '../../shared/contract/decision.ts';
import type { EnergyState, PowerSupply, UpsReading } from '../../shared/contract/energy.ts';
import type { ProjectState, Snapshot } from '../../shared/contract/state.ts';
import type { ChangeType, EnergyLevel, Verdict } from '../../shared/contract/vocabulary.ts';
import { CHANGE_TYPES } from '../../shared/contract/vocabulary.ts';

/** States of a machine and its projects as the core tells them, for the page's tests. */

const AT = '2026-01-05T10:00:00.000Z';
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

const MOUSE = exampleSupply({
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
    supplies: [exampleAdapter(false), exampleSupply(), MOUSE],
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

interface Judged {
  readonly verdict: Verdict;
  readonly why?: string;
  readonly way?: string;
  readonly also?: string;
  readonly retryAfterSeconds?: number;
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
      ...(passes ? [] : [{ code: 'binding', text: why ?? 'Not judged.', verdict }]),
      ...(also === undefined ? [] : [{ code: 'also', text: also, verdict: 'throttle' as const }]),
    ],
    cheapestWayToPass: passes ? null : (way ?? 'wait'),
    retryAfterSeconds: judged.retryAfterSeconds ?? null,
    operatingMode: 'NORMAL',
    level,
    decidedAt: AT,
    ages: { energy: 4, report: 240 },
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

const LOW_WAITS: Judged = {
  verdict: 'block',
  why: `Battery 17${T}%, features need 20${T}%.`,
  way: 'plug in, or make it a fix',
  also: 'Well-being 45 puts features on review.',
  retryAfterSeconds: 1500,
};

const ML_WAITS: Judged = { verdict: 'block', why: 'LOW: no expensive ML.', way: 'plug in' };

/** On battery at 17 %: the design's own example. */
export function lowSnapshot(over: Partial<Snapshot> = {}): Snapshot {
  return {
    schemaVersion: 1,
    sequence: 7,
    at: AT,
    version: '0.1.0',
    energy: exampleEnergy(),
    machine: { cpuPercent: 12, memoryPercent: 48, gpuPercent: null, networkStatus: 'ONLINE' },
    projects: [
      exampleProject(
        { id: 'shop', scores: { integration: 82, wellbeing: 45, stability: 75 }, mode: 'SAFE' },
        {
          feature: LOW_WAITS,
          experiment: LOW_WAITS,
          infra: { verdict: 'block', why: 'This machine is degraded: LOW.', way: 'plug in' },
        },
      ),
      exampleProject(
        {
          id: 'model',
          profile: 'ml',
          scores: { model_health: 85, embedding_quality: null, computation_load: 45 },
          mode: 'EFFICIENT',
          operatingMode: 'DISABLED',
          confidence: 0.66,
          freshness: 'amber',
          problem: 'Report is 32 min old (.consciousness_report.json). Run `orch guard model`',
          defaultChange: 'experiment',
        },
        {
          feature: ML_WAITS,
          experiment: ML_WAITS,
          infra: ML_WAITS,
          safe: { ...ML_WAITS, verdict: 'throttle' },
        },
      ),
      exampleMachine(
        { mode: 'DEGRADED', operatingMode: 'DEGRADED' },
        {
          infra: { verdict: 'block', why: `Degraded by power: LOW, battery 17${T}%.`, way: 'plug in' },
          experiment: ML_WAITS,
          feature: LOW_WAITS,
        },
      ),
    ],
    alerts: [],
    jobs: [],
    forecast: [
      { thresholdPercent: 5, minutes10: 41, minutes50: 52, minutes90: 66 },
      { thresholdPercent: 0, minutes10: 62, minutes50: 78, minutes90: 97 },
    ],
    sync: {},
    notes: [],
    ...over,
  };
}

/** Mains, battery full, everything goes. */
export function fullSnapshot(over: Partial<Snapshot> = {}): Snapshot {
  return lowSnapshot({
    energy: exampleEnergy({
      level: 'FULL',
      levelValue: 4,
      why: `on mains, battery 98${T}%, charging 12.4${T}W`,
      onExternalPower: true,
      percent: 98.1,
      netPowerW: 12.4,
      state: 'charging',
      supplies: [
        exampleAdapter(true),
        exampleSupply({ status: 'charging', percent: 98, energyWh: 47.5, powerW: 12.4 }),
        MOUSE,
      ],
    }),
    projects: [
      exampleProject({ id: 'shop', operatingMode: 'FULL_SPEED' }, {}, 'FULL'),
      exampleProject(
        {
          id: 'model',
          profile: 'ml',
          scores: { model_health: 85, embedding_quality: 74, computation_load: 45 },
        },
        {},
        'FULL',
      ),
      exampleMachine({ scores: { power_available: 4, cooling_status: 'NORMAL', network_status: 'ONLINE' } }),
    ],
    forecast: [],
    ...over,
  });
}

/** A level between, on battery, one project that asks for review. */
export function mediumSnapshot(): Snapshot {
  return fullSnapshot({
    energy: exampleEnergy({
      level: 'MEDIUM',
      levelValue: 2,
      why: `battery 43${T}%, draining 11.2${T}W`,
      percent: 43.8,
      netPowerW: -11.2,
      supplies: [exampleAdapter(false), exampleSupply({ percent: 43, energyWh: 21.2, powerW: -11.2 })],
    }),
    projects: [
      exampleProject(
        { id: 'shop', mode: 'SAFE' },
        {
          feature: {
            verdict: 'throttle',
            why: 'Well-being 45 puts features on review.',
            way: 'ask someone to review it',
          },
          infra: {
            verdict: 'throttle',
            why: 'Health is safe: infrastructure needs review.',
            way: 'ask someone to review it',
          },
        },
      ),
      exampleMachine({ scores: { power_available: 2, cooling_status: 'WARM', network_status: 'ONLINE' } }),
    ],
    forecast: [
      { thresholdPercent: 20, minutes10: 70, minutes50: 95, minutes90: 122 },
      { thresholdPercent: 5, minutes10: 150, minutes50: 185, minutes90: 231 },
      { thresholdPercent: 0, minutes10: 172, minutes50: 208, minutes90: 262 },
    ],
  });
}

export function highSnapshot(): Snapshot {
  return fullSnapshot({
    energy: exampleEnergy({
      level: 'HIGH',
      levelValue: 3,
      why: `battery 81${T}%, draining 7.4${T}W`,
      percent: 81.3,
      netPowerW: -7.4,
    }),
  });
}

/** 3 % and falling, one project halted, an alert. */
export function criticalSnapshot(): Snapshot {
  const wait: Judged = { verdict: 'block', why: `Battery 3${T}%: only essential fixes.`, way: 'plug in' };
  const halt: Judged = {
    verdict: 'block',
    why: 'Halted by stability 34 (two rollbacks today).',
    way: 'revert, or clear the halt with a reason',
    also: `Battery 3${T}%: only essential fixes.`,
  };
  return lowSnapshot({
    energy: exampleEnergy({
      level: 'CRITICAL',
      levelValue: 0,
      why: `battery 3${T}%, draining 9.4${T}W`,
      percent: 3.4,
      netPowerW: -9.4,
      supplies: [exampleAdapter(false), exampleSupply({ percent: 3, energyWh: 1.6, powerW: -9.4 })],
    }),
    projects: [
      exampleProject(
        {
          id: 'shop',
          mode: 'HALT',
          operatingMode: 'ONLY_FIXES',
          scores: { integration: 71, wellbeing: 60, stability: 34 },
        },
        { feature: halt, fix: halt, safe: halt, experiment: halt, infra: halt },
        'CRITICAL',
      ),
      exampleMachine(
        {
          mode: 'DEGRADED',
          operatingMode: 'DEGRADED',
          scores: { power_available: 0, cooling_status: 'HOT', network_status: 'OFFLINE' },
        },
        { feature: wait, safe: wait, experiment: wait, infra: wait, fix: { ...wait, verdict: 'throttle' } },
      ),
    ],
    alerts: [
      {
        code: 'battery-critical',
        severity: 'critical',
        title: `Battery 3${T}%`,
        text: 'Jobs are being paused. Plug in.',
        project: null,
        since: AT,
      },
    ],
    forecast: [{ thresholdPercent: 0, minutes10: 4, minutes50: 6, minutes90: 9 }],
  });
}

/** The sensor fails. */
export function unknownSnapshot(): Snapshot {
  const unclear: Judged = {
    verdict: 'unknown',
    why: "Power can't be read.",
    way: 'repair the sensor (`orch doctor` says how)',
  };
  return lowSnapshot({
    energy: exampleEnergy({
      level: 'UNKNOWN',
      levelValue: null,
      why: "can't read the battery: permission denied on BAT0/uevent",
      onExternalPower: null,
      percent: null,
      netPowerW: null,
      state: null,
      supplies: [
        exampleAdapter(null),
        exampleSupply({
          status: 'unknown',
          percent: null,
          energyWh: null,
          powerW: null,
          reason: 'BAT0/uevent: permission denied',
        }),
      ],
      thermal: { coolingStatus: null, hottestC: null, zone: null, headroomC: null, sensors: [] },
    }),
    projects: [
      exampleProject(
        {
          id: 'shop',
          mode: null,
          scores: { integration: null, wellbeing: null, stability: null },
          confidence: 0,
          freshness: 'missing',
        },
        {
          feature: unclear,
          safe: unclear,
          experiment: unclear,
          infra: unclear,
          fix: { ...unclear, verdict: 'throttle' },
        },
        'UNKNOWN',
      ),
      exampleMachine(
        {
          mode: null,
          scores: { power_available: null, cooling_status: null, network_status: 'ONLINE' },
          confidence: 0.3,
        },
        { feature: unclear, infra: unclear, experiment: unclear },
      ),
    ],
    forecast: [],
  });
}

/** A desktop on mains. */
export function noBatterySnapshot(): Snapshot {
  return fullSnapshot({
    energy: exampleEnergy({
      level: 'FULL',
      levelValue: 4,
      why: 'mains, no battery',
      onExternalPower: true,
      percent: null,
      netPowerW: null,
      state: null,
      batteryPresent: false,
      supplies: [MOUSE],
    }),
  });
}

/** A laptop behind a UPS that runs on its battery. */
export function upsSnapshot(): Snapshot {
  const base = mediumSnapshot();
  return {
    ...base,
    energy: {
      ...base.energy,
      why: `power cut: UPS on battery, about 18${T}min left; own battery 43${T}%`,
      onExternalPower: true,
      netPowerW: 22.5,
      state: 'charging',
      supplies: [exampleAdapter(true), exampleSupply({ status: 'charging', percent: 43, powerW: 22.5 })],
      ups: [
        exampleUps({ status: 'OB DISCHRG', onBattery: true, chargePercent: 71, runtimeSeconds: 1080 }),
        exampleUps({ name: 'rack@10.0.0.7', feedsThisMachine: false, problem: 'not answering for 17 s' }),
      ],
    },
    forecast: [],
    alerts: [
      {
        code: 'ups-on-battery',
        severity: 'warning',
        title: 'Power cut',
        text: `UPS holds about 18${T}min. New deployments wait.`,
        project: null,
        since: AT,
      },
    ],
  };
}

/** Plugged in, still draining. */
export function weakChargerSnapshot(): Snapshot {
  return lowSnapshot({
    energy: exampleEnergy({
      why: `plugged in, still draining 9.1${T}W: this charger is too weak`,
      onExternalPower: true,
      supplies: [exampleAdapter(true), exampleSupply()],
    }),
  });
}

/** Charging from nearly empty. */
export function reserveSnapshot(): Snapshot {
  return fullSnapshot({
    energy: exampleEnergy({
      level: 'FULL',
      levelValue: 4,
      why: `on mains, charging 45.0${T}W`,
      onExternalPower: true,
      percent: 3.9,
      netPowerW: 45,
      state: 'charging',
      reservePercent: 3.9,
      supplies: [exampleAdapter(true), exampleSupply({ status: 'charging', percent: 3, powerW: 45 })],
    }),
  });
}

/** The machine alone is watched. */
export function firstRunSnapshot(): Snapshot {
  return fullSnapshot({
    projects: [
      exampleMachine({ scores: { power_available: 4, cooling_status: 'NORMAL', network_status: 'ONLINE' } }),
    ],
  });
}

/** What the product says about itself, and texts that were made to break a page. */
export function notesSnapshot(): Snapshot {
  return lowSnapshot({
    notes: [
      {
        code: 'config-invalid',
        text: 'config.yaml:14:9 projects[0].profile: "bussiness" is not one of business, ml, infrastructure. Keeping the last good settings.',
      },
      { code: 'port-taken', text: 'Port 7717 was taken; using 40113.' },
    ],
  });
}

export function hostileSnapshot(): Snapshot {
  const long = 'aVeryLongNameWithoutAnySpaces'.repeat(60);
  return lowSnapshot({
    energy: exampleEnergy({ why: `<img src=x onerror="document.title='owned'"> \u202egnihtemos` }),
    projects: [
      exampleProject(
        { id: `<b>shop</b>${long.slice(0, 80)}`, problem: `<script>document.title='owned'</script>${long}` },
        { feature: { verdict: 'block', why: `\u001b[31m${long}`, way: '=cmd()' } },
      ),
      exampleMachine(),
    ],
    notes: [{ code: 'x', text: '<a href="javascript:alert(1)">click</a>\nsecond line' }],
  });
}
