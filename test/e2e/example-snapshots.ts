import type { Snapshot } from '../../shared/contract/state.ts';
import {
  EXAMPLE_AT,
  EXAMPLE_MOUSE,
  exampleAdapter,
  exampleEnergy,
  exampleMachine,
  exampleProject,
  exampleSupply,
  exampleUps,
} from './example-parts.ts';
import type { Judged } from './example-parts.ts';

/** States of a machine and its projects as the core tells them, for the page's tests. */

const T = '\u202f';

/** What the person of `lowSnapshot` set. */
export const LOW_WELLBEING = 45;
const LOW_WAITS: Judged = {
  verdict: 'block',
  why: `Battery 17${T}%, features need 20${T}%.`,
  way: 'plug in, or make it a fix',
  also: `Well-being ${LOW_WELLBEING} puts features on review.`,
  retryAfterSeconds: 1500,
};

const ML_WAITS: Judged = { verdict: 'block', why: 'LOW: no expensive ML.', way: 'plug in' };

/** On battery at 17 %: the design's own example. */
export function lowSnapshot(over: Partial<Snapshot> = {}): Snapshot {
  return {
    schemaVersion: 1,
    sequence: 7,
    at: EXAMPLE_AT,
    version: '0.1.0',
    energy: exampleEnergy(),
    machine: { cpuPercent: 12, memoryPercent: 48, gpuPercent: null, networkStatus: 'ONLINE' },
    projects: [
      exampleProject(
        { id: 'shop', scores: { integration: 82, wellbeing: LOW_WELLBEING, stability: 75 }, mode: 'SAFE' },
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
          experiment: { ...ML_WAITS, reportSeconds: 32 * 60 },
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
    forecastErrors: [{ horizonMinutes: 60, meanAbsoluteErrorMinutes: 11, biasMinutes: 2, count: 20 }],
    draw: { powerW: 9.11, provenance: 'measured' },
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
        EXAMPLE_MOUSE,
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
    draw: { powerW: null, provenance: 'unknown' },
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
      supplies: [EXAMPLE_MOUSE],
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
        since: EXAMPLE_AT,
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
