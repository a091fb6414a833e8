import type { Snapshot } from '../../shared/contract/state.ts';
import {
  EXAMPLE_AT,
  exampleAdapter,
  exampleEnergy,
  exampleMachine,
  exampleProject,
  exampleSupply,
} from './example-parts.ts';
import type { Judged } from './example-parts.ts';
import { fullSnapshot, lowSnapshot } from './example-snapshots.ts';

/** States in which something is wrong or missing. */

const T = '\u202f';

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
        since: EXAMPLE_AT,
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
    draw: { powerW: null, provenance: 'unknown' },
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
