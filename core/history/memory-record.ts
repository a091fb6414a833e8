import type { Decision } from '../../shared/contract/decision.ts';
import type { AuditEntry, Deployment, Incident } from '../../shared/contract/record.ts';
import type { RecordStore } from './record.ts';

const KEPT = 1000;

/**
 * The record where no database can be opened (no `node:sqlite`, no disk): the newest thousand of each, gone at the
 * end. The core says so in its notes; nothing else stops.
 */
export function createMemoryRecord(): RecordStore {
  const decisions: Decision[] = [];
  const audits: AuditEntry[] = [];
  const deployments = new Map<string, Deployment>();
  const incidents = new Map<string, Incident>();
  const controls = new Map<string, string>();
  let revision = 0;
  const ofProject = <T extends { project: string | null }>(
    rows: Iterable<T>,
    project: string | undefined,
  ): T[] => [...rows].filter((row) => project === undefined || row.project === project).reverse();

  return {
    keepDecision(decision) {
      if (decisions.some((known) => known.id === decision.id)) return;
      decisions.push(decision);
      if (decisions.length > KEPT) decisions.shift();
    },
    decision: (id) => decisions.find((decision) => decision.id === id) ?? null,
    decisions({ project, fromMs, toMs, before, limit }) {
      const end = before === undefined ? decisions.length : decisions.findIndex(({ id }) => id === before);
      return ofProject(decisions.slice(0, Math.max(0, end)), project)
        .filter(({ decidedAt }) => isWithin(decidedAt, fromMs, toMs))
        .slice(0, limit);
    },
    audit(entry) {
      audits.push({ ...entry, sequence: (audits.at(-1)?.sequence ?? 0) + 1 });
      if (audits.length > KEPT) audits.shift();
    },
    audits: ({ project, actor, act, acts, fromMs, toMs, before, limit }) =>
      ofProject(audits, project)
        .filter(
          (entry) =>
            (actor === undefined || entry.actor === actor) && (act === undefined || entry.act === act),
        )
        .filter((entry) => acts === undefined || acts.includes(entry.act))
        .filter(({ at }) => isWithin(at, fromMs, toMs))
        .filter(({ sequence }) => before === undefined || sequence < before)
        .slice(0, limit),
    auditNames: () => ({
      projects: distinct(audits.map(({ project }) => project)),
      actors: distinct(audits.map(({ actor }) => actor)),
      acts: distinct(audits.map(({ act }) => act)),
    }),
    keepDeployment(deployment) {
      revision += 1;
      keep(deployments, deployment);
    },
    deployment: (id) => deployments.get(id) ?? null,
    deployments: ({ project, sinceMs }) =>
      ofProject(deployments.values(), project).filter(
        ({ startedAt, finishedAt }) => Date.parse(finishedAt ?? startedAt) >= sinceMs,
      ),
    keepIncident(incident) {
      revision += 1;
      keep(incidents, incident);
    },
    incident: (id) => incidents.get(id) ?? null,
    incidents: ({ project, sinceMs }) =>
      ofProject(incidents.values(), project).filter(
        ({ closedAt }) => closedAt === null || Date.parse(closedAt) >= sinceMs,
      ),
    revision: () => revision,
    control: (key) => controls.get(key) ?? null,
    setControl: (key, value) => void controls.set(key, value),
    close: () => undefined,
  };
}

function distinct(names: readonly (string | null)[]): string[] {
  return [...new Set(names.filter((name) => name !== null))].sort();
}

function isWithin(at: string, fromMs = 0, toMs = Infinity): boolean {
  const atMs = Date.parse(at);
  return atMs >= fromMs && atMs <= toMs;
}

function keep<T extends { id: string }>(map: Map<string, T>, row: T): void {
  map.set(row.id, row);
  const [oldest] = map.keys();
  if (map.size > KEPT && oldest !== undefined) map.delete(oldest);
}
