import type { HistoryEvent, HistoryEvents } from '../../shared/contract/history.ts';
import type { AuditEntry, Deployment, Incident } from '../../shared/contract/record.ts';
import type { Decision } from '../../shared/contract/decision.ts';
import type { AlertStore, KeptAlert } from './alert-store.ts';
import type { RecordStore } from './record.ts';
import type { Range } from './sample-store.ts';

export type HistoryEventSource = (range: Range, project: string | undefined) => HistoryEvents;

const EVENTS_MOST = 2000;
/** Audited acts that are marks on the time axis; what else was done is read in the audit. */
const ACTS: Readonly<Record<string, HistoryEvent['kind']>> = {
  halt: 'halt',
  'halt-began': 'halt',
  'halt-cleared': 'halt',
  'halt-ended': 'halt',
  waive: 'waiver',
  'energy-level': 'power',
  'energy-slept': 'power',
  'energy-clock-jump': 'clock',
};

/** What happened, as marks: from the record and the alerts. */
export function createHistoryEvents(
  record: Pick<RecordStore, 'audits' | 'decisions' | 'deployments' | 'incidents'>,
  alerts: Pick<AlertStore, 'alerts'> | null,
): HistoryEventSource {
  return (range, project) => {
    const { fromMs, toMs } = range;
    const filter = { ...range, ...(project === undefined ? {} : { project }), limit: EVENTS_MOST };
    const since = { ...(project === undefined ? {} : { project }), sinceMs: fromMs };
    const events = [
      ...record.deployments(since).map(ofDeployment),
      ...record.incidents(since).map(ofIncident),
      ...record.audits({ ...filter, acts: Object.keys(ACTS) }).flatMap(ofAudit),
      ...record.decisions(filter).map(ofDecision),
      ...(alerts?.alerts(filter) ?? []).map(ofAlert),
    ]
      .filter(({ atMs }) => atMs <= toMs)
      .sort((one, other) => one.atMs - other.atMs);
    const isCut = events.length > EVENTS_MOST;
    return { schemaVersion: 1, kind: 'events', ...range, isCut, events: events.slice(-EVENTS_MOST) };
  };
}

function ofDeployment(deployment: Deployment): HistoryEvent {
  const { id, project, commit, startedAt, finishedAt, result, energyWh, energyProvenance } = deployment;
  const energy = energyWh === null ? '' : `, ${energyWh.toFixed(1)} Wh ${energyProvenance}`;
  return {
    atMs: Date.parse(startedAt),
    untilMs: finishedAt === null ? null : Date.parse(finishedAt),
    kind: 'deployment',
    project,
    code: result ?? 'running',
    title: `Deployment of ${commit.slice(0, 7)}`,
    text: `${result ?? 'running'}${energy}`,
    severity: null,
    id,
  };
}

function ofIncident({ id, project, severity, title, openedAt, closedAt }: Incident): HistoryEvent {
  return {
    atMs: Date.parse(openedAt),
    untilMs: closedAt === null ? null : Date.parse(closedAt),
    kind: 'incident',
    project,
    code: closedAt === null ? 'open' : 'closed',
    title,
    text: `${severity} incident`,
    severity,
    id,
  };
}

function ofAudit({ at, actor, act, project, cause, detail }: AuditEntry): HistoryEvent[] {
  const kind = ACTS[act];
  if (kind === undefined) return [];
  const until = typeof detail['until'] === 'string' ? Date.parse(detail['until']) : Number.NaN;
  return [
    {
      atMs: Date.parse(at),
      untilMs: Number.isNaN(until) ? null : until,
      kind,
      project,
      code: act,
      title: act,
      text: `${cause} (${actor})`,
      severity: null,
      id: null,
    },
  ];
}

function ofDecision({ id, project, change, verdict, bindingReason, decidedAt }: Decision): HistoryEvent {
  return {
    atMs: Date.parse(decidedAt),
    untilMs: null,
    kind: 'decision',
    project,
    code: verdict,
    title: `Asked about ${change}: ${verdict}`,
    text: bindingReason ?? verdict,
    severity: null,
    id,
  };
}

function ofAlert({ id, code, severity, project, title, text, sinceMs, untilMs }: KeptAlert): HistoryEvent {
  return { atMs: sinceMs, untilMs, kind: 'alert', project, code, title, text, severity, id };
}
