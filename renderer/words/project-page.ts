import type { AuditEntry, Deployment, Incident } from '../../shared/contract/record.ts';
import type { ScoreSource } from '../../shared/contract/vocabulary.ts';

const sources: Record<ScoreSource, string> = {
  report: 'as the report states it',
  measured: 'measured',
  machine: 'read from this machine',
  none: 'no source',
};

const results: Record<NonNullable<Deployment['result']>, string> = {
  ok: 'ok',
  failed: 'failed',
  'rolled-back': 'rolled back',
};

const severities: Record<Incident['severity'], string> = {
  minor: 'Minor',
  major: 'Major',
  critical: 'Critical',
};

/** Acts as records name them; others are shown as they are, in words. */
const acts: Readonly<Record<AuditEntry['act'], string>> = {
  halt: 'halted',
  'halt-cleared': 'lifted the halt',
  waive: 'waived',
  'deploy-start': 'deployment began',
  'deploy-finish': 'deployment ended',
  'incident-open': 'incident opened',
  'incident-close': 'incident closed',
  'gate-asked': 'gate asked',
  'gate-skipped': 'gate skipped',
};

/** The words of one project's page. */
export const projectPage = {
  back: 'All projects',
  title: (project: string, rest: string) => `${project} · ${rest}`,
  gone: (project: string) => `No project called ${project}`,
  goneHint: 'It was removed, or the address is wrong.',
  loading: 'Reading.',
  failed: 'Could not be read.',
  retry: 'Try again',
  more: (count: number) => `and ${count} more`,
  notReached: 'Not done: the core did not answer. Try again.',
  sinceBy: (who: string, age: string) => `${who}, ${age}`,
  until: (time: string) => `until ${time}`,
  verdicts: {
    name: 'What may go',
    of: (project: string) => `What may go in ${project}`,
    change: 'Kind of change',
    why: 'Why',
    way: 'Cheapest way to pass',
  },
  scores: {
    name: 'Health',
    sources,
    confidence: (percent: string) => `${percent} of its evidence at hand`,
    age: (age: string) => `oldest evidence ${age}`,
    up: (points: string) => `up ${points} since the last day on record`,
    down: (points: string) => `down ${points} since the last day on record`,
    same: 'unchanged since the last day on record',
    mover: (name: string, points: string) => `mostly ${name} (${points})`,
    inputs: (score: string) => `What ${score} is made of`,
    weight: (percent: string) => `counts ${percent}`,
    read: (age: string) => `read ${age}`,
  },
  simulator: {
    name: 'What if',
    madeUp: 'Made up: nothing here changes a real verdict.',
    percent: 'Battery charge',
    power: 'Power',
    battery: 'On battery',
    ac: 'Plugged in',
    wouldBe: (level: string, why: string) => `It would be ${level}: ${why}`,
    answer: 'What would happen',
  },
  halt: {
    name: 'Halt',
    none: 'not halted',
    standing: 'halted',
    hint: 'Only reverts pass until it is lifted.',
    reason: 'Why halt',
    hours: 'For how many hours (optional)',
    hoursHint: 'Empty: until someone lifts it.',
    hoursWrong: 'Must be a number of hours, such as 2 or 0.5.',
    act: 'Halt',
    lift: 'Lift the halt',
    halted: 'Halted.',
    lifted: 'Lifted.',
    until: (time: string) => `Ends by itself at ${time}.`,
    open: 'Stays until it is lifted.',
    by: { person: 'Halted by', report: 'Halted by its report', scores: 'Halted by its scores' },
  },
  waivers: {
    name: 'Waivers',
    count: (count: number) => (count === 0 ? 'none' : `${count} in force`),
    hint: 'Lets one kind of change pass for a while. It is recorded with your reason.',
    none: 'No waiver is in force.',
    change: 'Kind of change',
    reason: 'Why waive',
    duration: 'For how long',
    act: 'Waive',
    waived: 'Waived.',
  },
  incidents: {
    name: 'Incidents',
    count: (open: number) => (open === 0 ? 'none open' : `${open} open`),
    none: 'No incident in the last 30 days.',
    title: 'What is wrong',
    severity: 'Severity',
    severities,
    act: 'Open an incident',
    close: 'Close',
    closeName: (title: string) => `Close: ${title}`,
    opened: 'Opened.',
    closed: 'Closed.',
    since: (age: string) => `opened ${age}`,
    over: (age: string) => `closed ${age}`,
  },
  deployments: {
    name: 'Deployments',
    none: 'No deployment in the last 30 days. `orch deploy start` records one.',
    results,
    running: 'still running',
    began: (age: string) => `began ${age}`,
    noEnergy: 'energy not known',
    energy: (wattHours: string, provenance: string) => `${wattHours}, ${provenance}`,
    last: (result: string) => `last ${result}`,
  },
  audit: {
    name: 'Who did what',
    none: 'Nothing was done to this project yet.',
    acts,
  },
};
