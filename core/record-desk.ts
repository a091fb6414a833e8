import { randomUUID } from 'node:crypto';

import type { AuditEntry, Deployment, Incident } from '../shared/contract/record.ts';
import { isoNow, type Clock } from './clock.ts';
import type { EnergyAccount } from './energy-account.ts';
import type { RecordStore } from './history/record.ts';

/** What happened to the projects: deployments and incidents, as CI, scripts and people tell them. */
export interface RecordDesk {
  startDeployment(project: string, commit: string): Deployment;
  /** Null when there is no such deployment; one that ended keeps its first result. */
  finishDeployment(id: string, result: NonNullable<Deployment['result']>): Deployment | null;
  deployments(project: string | undefined): Deployment[];
  openIncident(project: string, severity: Incident['severity'], title: string): Incident;
  closeIncident(id: string): Incident | null;
  incidents(project: string | undefined): Incident[];
  audits: RecordStore['audits'];
  auditNames: RecordStore['auditNames'];
}

export interface RecordDeskParts {
  readonly clock: Clock;
  readonly who: string;
  readonly record: RecordStore;
  readonly account: Pick<EnergyAccount, 'start' | 'end'>;
  readonly onChange: () => void;
}

/** How far back the lists reach: the longest window that any score looks at, and a month to read. */
const LISTED_MS = 30 * 86_400_000;

export function createRecordDesk({ clock, who, record, account, onChange }: RecordDeskParts): RecordDesk {
  const told = (act: string, project: string, cause: string, detail: AuditEntry['detail']): void => {
    record.audit({ at: isoNow(clock), actor: who, act, project, cause, detail });
    onChange();
  };
  const filter = (project: string | undefined): { project?: string; sinceMs: number } => ({
    ...(project === undefined ? {} : { project }),
    sinceMs: clock.wallMs() - LISTED_MS,
  });

  return {
    startDeployment(project, commit) {
      const deployment: Deployment = {
        id: randomUUID(),
        project,
        commit: commit.toLowerCase(),
        startedAt: isoNow(clock),
        finishedAt: null,
        result: null,
        energyWh: null,
        energyProvenance: 'unknown',
      };
      record.keepDeployment(deployment);
      account.start(deployment.id);
      told('deploy-start', project, `commit ${commit}`, { id: deployment.id });
      return deployment;
    },
    finishDeployment(id, result) {
      const deployment = record.deployment(id);
      if (deployment === null || deployment.finishedAt !== null) return deployment;
      const energy = account.end(id);
      const finished = {
        ...deployment,
        finishedAt: isoNow(clock),
        result,
        energyWh: energy?.energyWh ?? null,
        energyProvenance: energy?.provenance ?? ('unknown' as const),
      };
      record.keepDeployment(finished);
      told('deploy-finish', deployment.project, result, { id, commit: deployment.commit });
      return finished;
    },
    deployments: (project) => record.deployments(filter(project)),
    openIncident(project, severity, title) {
      const incident: Incident = {
        id: randomUUID(),
        project,
        severity,
        title,
        openedAt: isoNow(clock),
        closedAt: null,
      };
      record.keepIncident(incident);
      told('incident-open', project, title, { id: incident.id, severity });
      return incident;
    },
    closeIncident(id) {
      const incident = record.incident(id);
      if (incident === null || incident.closedAt !== null) return incident;
      const closed = { ...incident, closedAt: isoNow(clock) };
      record.keepIncident(closed);
      told('incident-close', incident.project, incident.title, { id });
      return closed;
    },
    incidents: (project) => record.incidents(filter(project)),
    audits: (wanted) => record.audits(wanted),
    auditNames: () => record.auditNames(),
  };
}
