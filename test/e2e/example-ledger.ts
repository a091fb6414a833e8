import type { AlertsReply } from '../../shared/contract/alert.ts';
import type { DoctorReply } from '../../shared/contract/doctor.ts';
import type { EnergyDay, EnergyDaysReply } from '../../shared/contract/energy-ledger.ts';
import type { Job } from '../../shared/contract/job.ts';
import type { AuditEntry, Deployment } from '../../shared/contract/record.ts';
import type { Alert } from '../../shared/contract/state.ts';

/** What a core has to tell on the pages that look back: energy, alerts, audit, doctor. */

const T = '\u202f';
const DAY_MS = 86_400_000;
const TODAY = '2026-01-05';

/** So many days up to today: some not measured, some without a core, one in part modelled. */
export function exampleDays(count: number): EnergyDaysReply {
  const days = Array.from({ length: count }, (_none, index) => {
    const day = new Date(Date.parse(TODAY) - (count - 1 - index) * DAY_MS).toISOString().slice(0, 10);
    return exampleDay(day, count - 1 - index);
  });
  return { from: days[0]!.day, to: TODAY, today: TODAY, days };
}

function exampleDay(day: string, ago: number): EnergyDay {
  const weekday = new Date(day).getUTCDay();
  if (weekday === 0 || ago > 40) return energyDay(day, 0, null, null, 0);
  if (weekday === 3 || ago === 12) return energyDay(day, 7 * 3600, null, null, 0);
  const measuredWh = 14 + ((ago * 37) % 29) + (weekday === 6 ? -9 : 0);
  return ago === 4 || ago === 16
    ? energyDay(day, 9 * 3600, measuredWh, 8.4, 93)
    : energyDay(day, 8 * 3600, measuredWh, null, 40 + ((ago * 13) % 50));
}

function energyDay(
  day: string,
  awakeSeconds: number,
  measuredWh: number | null,
  modelledWh: number | null,
  coveredPercent: number,
): EnergyDay {
  const isKnown = measuredWh !== null || modelledWh !== null;
  const cpuSeconds = awakeSeconds * 0.004;
  return {
    day,
    energyWh: isKnown ? (measuredWh ?? 0) + (modelledWh ?? 0) : null,
    provenance: !isKnown ? 'unknown' : modelledWh === null ? 'measured' : 'modelled',
    measuredWh,
    modelledWh,
    awakeSeconds,
    coveredPercent,
    own: {
      cpuSeconds,
      energyWh: isKnown ? (cpuSeconds / 3600) * 9.2 : null,
      provenance: isKnown ? 'modelled' : 'unknown',
    },
  };
}

/** The same days, without anything that could have told a draw. */
export function unmeasuredDays(count: number): EnergyDaysReply {
  const reply = exampleDays(count);
  return { ...reply, days: reply.days.map(({ day }) => energyDay(day, 6 * 3600, null, null, 0)) };
}

export const EXAMPLE_DEPLOYMENTS: readonly Deployment[] = [
  deployment('d-4', 'shop', '4c1f0e2', '2026-01-05T09:58:00.000Z', null, null, 'unknown'),
  deployment('d-3', 'shop', '90ab77c', '2026-01-05T07:10:00.000Z', 'ok', 0.42, 'measured'),
  deployment('d-2', 'model', '1d22e90', '2026-01-04T15:40:00.000Z', 'rolled-back', 1.9, 'modelled'),
  deployment('d-1', 'shop', 'f00dfee', '2026-01-04T10:00:00.000Z', 'ok', null, 'unknown'),
];

function deployment(
  id: string,
  project: string,
  commit: string,
  startedAt: string,
  result: Deployment['result'],
  energyWh: number | null,
  energyProvenance: Deployment['energyProvenance'],
): Deployment {
  const finishedAt = result === null ? null : new Date(Date.parse(startedAt) + 240_000).toISOString();
  return { id, project, commit, startedAt, finishedAt, result, energyWh, energyProvenance };
}

export const EXAMPLE_JOBS: readonly Job[] = [
  job('j-4', ['python', 'train.py', '--epochs', '40'], {
    project: 'model',
    state: 'paused',
    reason: 'LOW: no expensive ML.',
    until: 'the battery is at 20 % for 2 min, or it is plugged in',
    startedAt: '2026-01-05T09:10:00.000Z',
    needs: { level: 'MEDIUM', minutes: 40 },
    ranSeconds: 1560,
    pausedSeconds: 420,
    pid: 4711,
  }),
  job('j-3', ['make', 're-embed'], {
    project: 'model',
    state: 'queued',
    reason: 'one experiment at a time',
    until: 'python train.py has ended',
    untilAt: '2026-01-05T11:20:00.000Z',
    aheadCount: 1,
    needs: { level: 'HIGH', minutes: 90 },
  }),
  job('j-2', ['make', 'embeddings'], {
    state: 'ended',
    startedBy: 'core',
    startedAt: '2026-01-04T13:00:00.000Z',
    endedAt: '2026-01-04T14:05:00.000Z',
    exitCode: 0,
    ranSeconds: 3900,
    energyWh: 11.6,
    energyProvenance: 'measured',
  }),
  job('j-1', ['sh', '-c', 'npm run bench && npm run report'], {
    state: 'ended',
    startedAt: '2026-01-03T13:00:00.000Z',
    endedAt: '2026-01-03T13:02:00.000Z',
    exitCode: 137,
    reason: 'ended by SIGKILL',
    ranSeconds: 120,
  }),
];

function job(id: string, command: string[], over: Partial<Job>): Job {
  return {
    id,
    project: null,
    command,
    folder: '/home/sam/work',
    startedBy: 'terminal',
    needs: { level: 'MEDIUM', minutes: null },
    priority: 0,
    checkpointSignal: 'auto',
    state: 'running',
    isHeld: false,
    reason: '',
    until: null,
    untilAt: null,
    aheadCount: null,
    createdAt: '2026-01-05T09:08:00.000Z',
    startedAt: null,
    endedAt: null,
    pid: null,
    exitCode: null,
    ranSeconds: 0,
    pausedSeconds: 0,
    energyWh: null,
    energyProvenance: 'unknown',
    ...over,
  };
}

export const STANDING_ALERTS: readonly Alert[] = [
  {
    code: 'report-stale',
    severity: 'info',
    title: `The report of model is 3${T}h old`,
    text: 'It is not judged by until it is fresh. Run `orch guard model`.',
    project: 'model',
    since: '2026-01-05T07:12:00.000Z',
    id: 'report-stale/model',
    clears: 'a report younger than 15 min is there',
  },
  {
    code: 'weak-charger',
    severity: 'warning',
    title: `Plugged in, still draining 9${T}W`,
    text: 'This charger is too weak; treated as battery.',
    project: null,
    since: '2026-01-05T09:41:00.000Z',
    id: 'weak-charger',
    clears: 'it has charged for 3 min without a break',
  },
  {
    code: 'battery-critical',
    severity: 'critical',
    title: `Battery 4${T}%`,
    text: 'Jobs are being paused. Plug in.',
    project: null,
    since: '2026-01-05T09:58:30.000Z',
    id: 'battery-critical',
    clears: 'the machine is fed from outside',
  },
];

export function exampleAlerts(over: Partial<AlertsReply> = {}): AlertsReply {
  return {
    schemaVersion: 1,
    standing: [...STANDING_ALERTS],
    past: [
      past('a-9', 'halted', 'critical', 'shop', 'shop is halted', '2026-01-05T07:30:00.000Z', 26),
      past('a-8', 'ups-on-battery', 'warning', null, 'Power cut', '2026-01-04T19:02:00.000Z', 1),
      past(
        'a-7',
        'score-moved',
        'info',
        'model',
        'Model health fell by 12',
        '2026-01-03T11:00:00.000Z',
        2890,
      ),
    ],
    quiet: {
      isQuiet: false,
      reason: null,
      until: null,
      hours: { from: '22:00', to: '08:00' },
      waitingCount: 0,
    },
    ...over,
  };
}

function past(
  id: string,
  code: string,
  severity: Alert['severity'],
  project: string | null,
  title: string,
  since: string,
  minutes: number,
): AlertsReply['past'][number] {
  const until = new Date(Date.parse(since) + minutes * 60_000).toISOString();
  return { id, code, severity, project, title, text: '', since, until };
}

/** Who does what, and why. */
const DEEDS = [
  ['core', 'energy-level', 'MEDIUM to LOW: battery 19 %, draining 9.1 W'],
  ['sam', 'halt', 'the database is being moved'],
  ['git hook', 'gate-asked', 'push to main'],
  ['ci', 'deploy-finish', 'ok'],
  ['sam', 'waive', 'moves the queue before the sale starts'],
  ['core', 'incident-open', 'Checkout answers slowly'],
] as const;

/** Entries with the sequences `count` down to 1, a few minutes apart. */
export function exampleAudit(count: number): readonly AuditEntry[] {
  return Array.from({ length: count }, (_none, index) => {
    const sequence = count - index;
    const [actor, act, cause] = DEEDS[sequence % DEEDS.length]!;
    return {
      sequence,
      at: new Date(Date.parse('2026-01-05T09:58:00.000Z') - index * 420_000).toISOString(),
      actor,
      act,
      project: act === 'energy-level' ? null : sequence % 5 === 0 ? 'model' : 'shop',
      cause,
      detail: detailOf(act),
    };
  });
}

function detailOf(act: string): AuditEntry['detail'] {
  if (act === 'gate-asked') return { change: 'feature', decisionId: 'shop-feature-7', verdict: 'block' };
  if (act === 'waive') return { change: 'infra', until: '2026-01-05T11:20:00.000Z' };
  if (act === 'deploy-finish')
    return { commit: '90ab77c', slackToken: ['xoxb', '000000000000', 'example'].join('-') };
  return {};
}

export function exampleDoctor(over: Partial<DoctorReply> = {}): DoctorReply {
  return {
    schemaVersion: 1,
    status: 'problem',
    at: '2026-01-05T09:59:58.000Z',
    tookMs: 412,
    checks: [
      check('power-sensors', 'Power sensors', 'ok', '1 battery and 1 adapter can be read', null, [
        'power_supply/ADP1: offline',
        'power_supply/BAT0: 17 %, draining 9.1 W',
      ]),
      check('ups', 'UPS', 'not-applicable', 'Does not apply here.', null),
      check(
        'heat-sensors',
        'Heat sensors',
        'warning',
        '1 of 5 sensors says what cannot be',
        'Nothing must be done: it is not believed.',
        [
          'x86_pkg_temp: 55 °C',
          'nvme: 41 °C',
          'acpitz: 27.8 °C',
          'iwlwifi: 48 °C',
          'BAT0: -273 °C, not believed',
        ],
      ),
      check('config', 'Settings', 'ok', '/home/sam/.config/meta-orchestrator/config.yaml is right', null),
      check('endpoint', 'Local endpoint', 'ok', 'http://127.0.0.1:7717 answers', null),
      check(
        'disk-space',
        'State folder',
        'warning',
        'Others may enter /home/sam/.local/state/meta-orchestrator',
        'chmod 700 /home/sam/.local/state/meta-orchestrator',
      ),
      check('clock', 'Clock', 'ok', '2026-01-05T09:59:58Z, kept right over the network', null),
      check('runtime', 'Node and SQLite', 'ok', 'Node v24.21.0, SQLite 3.53.4', null),
      check(
        'hooks',
        'Git hooks',
        'problem',
        'The hook of shop cannot run, and git says nothing about it',
        'Run `orch hooks install /home/sam/work/shop`',
        ['shop: gate in place but not executable', 'model: gate in place'],
      ),
      check('notifications', 'Notifications', 'ok', 'A notification service is running', null),
      check('tray-host', 'Tray', 'not-applicable', 'Does not apply here.', null),
    ],
    shareText:
      'Meta-Orchestrator 0.1.0, linux x64\nstatus: problem\n\nPROBLEM  Git hooks: The hook of <project 1> cannot run\n',
    ...over,
  };
}

function check(
  id: string,
  title: string,
  status: DoctorReply['checks'][number]['status'],
  text: string,
  next: string | null,
  details?: readonly string[],
): DoctorReply['checks'][number] {
  return { id, title, status, text, next, ...(details === undefined ? {} : { details }) };
}
