import type { Deployment } from '../../shared/contract/record.ts';
import type {
  ChangeType,
  CoolingStatus,
  EnergyLevel,
  Freshness,
  HealthMode,
  OperatingMode,
  Profile,
  SupplyKind,
  WellbeingTag,
} from '../../shared/contract/vocabulary.ts';
import { actionsPanel } from './actions-panel.ts';
import { historyPage } from './history-page.ts';
import { alertsPage } from './alerts-page.ts';
import { auditPage } from './audit-page.ts';
import { doctorPage } from './doctor-page.ts';
import { energyPage } from './energy-page.ts';
import { jobsPage } from './jobs-page.ts';
import { projectPage } from './project-page.ts';
import { projectsPage } from './projects-page.ts';
import { settingsPage } from './settings-page.ts';
import { shell } from './shell.ts';
import { syncPage } from './sync-page.ts';

const changes: Record<ChangeType, string> = {
  feature: 'Feature',
  fix: 'Fix',
  revert: 'Revert',
  safe: 'Safe',
  experiment: 'Experiment',
  infra: 'Infra',
};

const profiles: Record<Profile, string> = {
  business: 'Business',
  ml: 'ML',
  infrastructure: 'Infrastructure',
};

const healthModes: Record<HealthMode, string> = {
  FAST: 'fast',
  SAFE: 'safe',
  HALT: 'halted',
  NORMAL: 'normal',
  EFFICIENT: 'efficient',
  DEGRADED: 'degraded',
};

const operatingModes: Record<OperatingMode, string> = {
  ONLY_FIXES: 'only fixes',
  NORMAL: 'normal',
  FULL_SPEED: 'full speed',
  FROZEN: 'frozen',
  DISABLED: 'disabled',
  EFFICIENT: 'efficient',
  DEGRADED: 'degraded',
};

const freshness: Record<Freshness, string> = {
  fresh: 'Report fresh.',
  amber: 'The report is ageing.',
  stale: 'The report is too old to go by.',
  missing: 'No report was found.',
  'clock-wrong': 'The report is dated in the future: a clock is wrong.',
};

const supplyKinds: Record<SupplyKind, string> = {
  mains: 'Adapter',
  usb: 'USB power',
  wireless: 'Wireless power',
  battery: 'Battery',
  ups: 'UPS',
  grid: 'Grid',
  other: 'Other',
};

const provenances: Record<Deployment['energyProvenance'], string> = {
  measured: 'measured',
  modelled: 'modelled',
  unknown: 'unknown',
};

const cooling: Record<CoolingStatus, string> = {
  NORMAL: 'Normal',
  WARM: 'Warm',
  HOT: 'Hot',
  CRITICAL: 'Critical',
};

/** What the level means for the person's next step; shown where nothing more exact is known. */
const levelMeanings: Record<EnergyLevel, string> = {
  CRITICAL: 'Only essential fixes.',
  LOW: 'Features and experiments wait.',
  MEDIUM: 'Normal operations.',
  HIGH: 'Full speed.',
  FULL: 'No limits from power.',
  UNKNOWN: 'Fixes go with a warning, nothing expensive starts.',
};

const scores: Record<string, string> = {
  integration: 'Integration',
  wellbeing: 'Well-being',
  stability: 'Stability',
  model_health: 'Model health',
  embedding_quality: 'Embedding quality',
  computation_load: 'Computation load',
  power_available: 'Power level',
  cooling_status: 'Cooling',
  network_status: 'Network',
};

/** Sentence case, about the next step, no exclamation marks. */
export const en = {
  product: 'Meta-Orchestrator',
  history: historyPage,
  shell,
  level: {
    heading: (level: string, percent: string | null) => (percent === null ? level : `${level} · ${percent}`),
    meaning: levelMeanings,
    reserve: (percent: string) => `Reserve ${percent}: deployments go, long work waits for 10\u202f%.`,
    noBattery: 'Mains, no battery: nothing to wait for. Gates still follow your projects.',
    read: (age: string) => `read ${age}`,
    documentTitle: (phrase: string) => `${phrase} · Meta-Orchestrator`,
    announce: (phrase: string, why: string) => `${phrase}. ${why}`,
    halted: (level: string) => `${level}, halted`,
  },
  chain: {
    name: 'Where the power comes from',
    labels: { wall: 'Wall', ups: 'UPS', adapter: 'Adapter', battery: 'Battery', machine: 'Machine' },
    flow: { live: 'on', off: 'off', unknown: 'not known' },
    tooWeak: 'too weak',
    silent: 'silent',
    unread: 'unread',
    onMains: 'on mains',
    onBattery: 'on battery',
    onUps: 'on UPS',
    draws: (watts: string, provenance: Deployment['energyProvenance']) =>
      `This machine draws ${watts}, ${provenances[provenance]}.`,
  },
  forecast: {
    name: 'How long it lasts',
    line: (range: string, to: string) => `About ${range} ${to}.`,
    to: (thresholdPercent: number) => (thresholdPercent === 0 ? 'to empty' : `to ${thresholdPercent}\u202f%`),
    usuallyOff: (minutes: string) => `usually off by ${minutes}`,
    hint: 'Eight times in ten it ends inside the band.',
  },
  supplies: {
    name: 'Supplies',
    kinds: supplyKinds,
    reason: (counted: boolean, reason: string) => `${counted ? 'Counted' : 'Not counted'}: ${reason}`,
    count: (counted: number, all: number) => `${counted} of ${all} counted`,
    online: (online: boolean | null) => (online === null ? 'not known' : online ? 'online' : 'offline'),
    states: {
      charging: 'charging',
      discharging: 'draining',
      full: 'full',
      'not-charging': 'not charging',
      empty: 'empty',
      unknown: 'state not known',
    },
    none: 'No supplies found.',
  },
  ups: {
    name: 'UPS',
    onBattery: 'On battery',
    onLine: 'On line',
    unclear: 'State not known',
    silent: 'Not answering',
    runtime: (minutes: string) => `about ${minutes} left`,
    load: (percent: string) => `load ${percent}`,
    charge: (percent: string) => `charge ${percent}`,
    feeds: 'Feeds this machine',
    other: 'Does not feed this machine',
    flags: {
      lowBattery: 'battery low',
      replaceBattery: 'replace battery',
      forcedShutdown: 'forced shutdown',
      bypass: 'bypass',
      overload: 'overload',
      off: 'off',
      calibrating: 'calibrating',
      commLost: 'no contact',
    },
    heard: (age: string) => `heard ${age}`,
  },
  cooling: {
    name: 'Cooling',
    status: cooling,
    unknown: 'No sensor to trust',
    notJudged: 'Temperatures are not judged.',
    hottest: (temperature: string, zone: string) => `${temperature} at ${zone}`,
    headroom: (degrees: string) => `${degrees} of headroom`,
    refused: (count: number) => (count === 1 ? '1 sensor not believed' : `${count} sensors not believed`),
  },
  projects: {
    name: 'Projects',
    machine: 'This machine',
    profiles: profiles as Readonly<Partial<Record<string, string>>>,
    changes,
    changesName: (project: string) => `${project}: kind of change`,
    halted: 'halted',
    healthModes,
    modeUnclear: 'unclear',
    mode: (mode: HealthMode) => `health ${healthModes[mode]}`,
    modeUnknown: 'health not known',
    operatingMode: (mode: OperatingMode) => `mode ${operatingModes[mode]}`,
    freshness,
    confidence: (percent: string) => `${percent} of evidence fresh`,
    scores,
    noData: 'no data',
    noScores: 'No scores yet.',
    outOf: (value: string, most: number) => `${value} of ${most}`,
    cheapest: 'Cheapest way to pass:',
    retry: (minutes: string) => `Ask again in about ${minutes}.`,
    also: (reasons: string) => `Also: ${reasons}`,
    noDecision: 'Not judged yet.',
    allowed: 'Nothing holds it back.',
    based: (parts: string) => `Based on ${parts}.`,
    basedOn: (name: string, age: string) => `${name} read ${age}`,
  },
  matrix: {
    name: 'What may go now',
    project: 'Project',
    none: '–',
    about: (change: string, verdict: string) => `${change}: ${verdict}`,
    cell: (project: string, change: string, verdict: string, why: string) =>
      `${project}, ${change}: ${verdict}. ${why}`,
  },
  lastHour: {
    name: 'Last hour',
    summary: (from: string, minutes: number) =>
      `${from} ${minutes >= 55 ? 'an hour' : `${minutes}\u202fmin`} ago`,
    label: (from: string, to: string, minutes: number) =>
      `Charge over ${minutes} minutes: from ${from} to ${to}`,
  },
  you: {
    name: 'You today',
    slider: 'Well-being today',
    tags: {
      'slept-badly': 'slept badly',
      'on-call': 'on call',
      'deep-work': 'deep work',
      sick: 'sick',
    } satisfies Record<WellbeingTag, string>,
    tagsName: 'What else counts today',
    unset: (effective: string) => `not set, counts as ${effective}`,
    counts: (effective: string) => `counts as ${effective}`,
    until: (time: string) => `until ${time}`,
    failed: 'Not saved. Set it again.',
    private: 'Private: stays on this machine.',
  },
  firstRun: {
    title: 'No projects yet',
    text: 'Power is being watched. Add a project and its gate appears here.',
    add: 'Add a project',
    command: 'In a terminal: `orch project add <path>`',
    privacy: 'Reads power, temperature and the project folders you add. Nothing leaves this machine.',
  },
  page: projectPage,
  projectsPage,
  settingsPage,
  energyPage,
  alertsPage,
  auditPage,
  doctorPage,
  actionsPanel,
  jobsPage,
  syncPage,
  energyFrom: provenances,
  tray: { name: 'Tray', missing: 'This desktop shows no tray; this window stays instead.' },
  notices: { name: 'Notices', more: (count: number) => `and ${count} more` },
  signIn: {
    title: 'Sign in',
    'no-code': 'Open the dashboard from the tray, or run',
    'code-refused': 'This link was used already or is too old. Open the dashboard from the tray, or run',
    'token-refused': 'The core was restarted. Open the dashboard from the tray again, or run',
    command: 'orch open',
    why: 'A page gets its key once, from you, and keeps it only while it is open.',
  },
  loading: 'Reading this machine',
  lost: {
    title: 'Lost the core',
    stateAge: (age: string) => `What you see was true ${age}.`,
    neverTitle: 'No answer from the core',
    never: 'It has not answered since this page was opened.',
    hint: 'Reconnecting by itself. If the core stays away, start it from the tray, or run',
    command: 'orch daemon',
    retry: 'Try now',
    back: 'Connected again.',
  },
  footer: {
    live: (age: string) => `live, updated ${age}`,
    connecting: 'connecting',
    lost: 'not connected',
    version: (version: string) => `version ${version}`,
  },
};
