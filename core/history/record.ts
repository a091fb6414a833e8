import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

import type { Decision } from '../../shared/contract/decision.ts';
import type { AuditEntry, Deployment, Incident } from '../../shared/contract/record.ts';
import type { AuditNames } from '../../shared/contract/requests.ts';

export interface DecisionFilter {
  readonly project?: string | undefined;
  /** Both ends inside, milliseconds since 1970. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  /** Only those kept earlier than the one of this id; an unknown id leaves nothing. */
  readonly before?: string | undefined;
  readonly limit: number;
}

export interface AuditFilter {
  readonly project?: string | undefined;
  readonly actor?: string | undefined;
  readonly act?: string | undefined;
  /** Any of these; every act when absent. */
  readonly acts?: readonly string[] | undefined;
  /** Both ends inside, milliseconds since 1970. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  /** Only entries of a lower sequence. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** What is kept for ever: who was told what, who did what, what was deployed and what went wrong. */
export interface RecordStore {
  keepDecision(decision: Decision, askedBy: string): void;
  decision(id: string): Decision | null;
  /** Newest first. */
  decisions(filter: DecisionFilter): Decision[];
  audit(entry: Omit<AuditEntry, 'sequence'>): void;
  /** Newest first. */
  audits(filter: AuditFilter): AuditEntry[];
  /** What there is to filter by. */
  auditNames(): AuditNames;
  keepDeployment(deployment: Deployment): void;
  deployment(id: string): Deployment | null;
  /** Newest first. */
  deployments(filter: { project?: string; sinceMs: number }): Deployment[];
  keepIncident(incident: Incident): void;
  incident(id: string): Incident | null;
  incidents(filter: { project?: string; sinceMs: number }): Incident[];
  /** Rises whenever a deployment or an incident is kept: until then all answers about them stay the same. */
  revision(): number;
  /** A person's word (halts, waivers, well-being), as JSON text under its key. */
  control(key: string): string | null;
  setControl(key: string, value: string, nowMs: number): void;
  close(): void;
}

/** More is no choice any more. */
const MOST_NAMES = 500;

const END_OF_TIME_MS = 9e15;

type Row = Record<string, SQLOutputValue>;

export function createRecordStore(database: DatabaseSync): RecordStore {
  const prepare = (sql: string): ReturnType<DatabaseSync['prepare']> => database.prepare(sql);
  const addDecision = prepare(
    'INSERT OR IGNORE INTO decisions (id, decided_at_ms, asked_by, project, change, verdict, decision) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const decisionById = prepare('SELECT decision FROM decisions WHERE id = ?');
  const someDecisions = prepare(
    `SELECT decision FROM decisions
     WHERE (?1 IS NULL OR project = ?1) AND decided_at_ms BETWEEN ?2 AND ?3
       AND (?4 IS NULL OR sequence < (SELECT sequence FROM decisions WHERE id = ?4))
     ORDER BY sequence DESC LIMIT ?5`,
  );
  const addAudit = prepare(
    'INSERT INTO audit (at_ms, actor, act, project, cause, detail) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const someAudits = prepare(
    `SELECT * FROM audit
     WHERE sequence < ?1 AND (?2 IS NULL OR project = ?2) AND (?3 IS NULL OR actor = ?3)
       AND (?4 IS NULL OR act IN (SELECT value FROM json_each(?4))) AND at_ms BETWEEN ?5 AND ?6
     ORDER BY sequence DESC LIMIT ?7`,
  );
  const auditNames = prepare(
    "SELECT DISTINCT 'project' AS kind, project AS name FROM audit WHERE project IS NOT NULL UNION ALL SELECT DISTINCT 'actor', actor FROM audit UNION ALL SELECT DISTINCT 'act', act FROM audit ORDER BY 1, 2",
  );
  const putDeployment = prepare('INSERT OR REPLACE INTO deployments VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const deploymentById = prepare('SELECT * FROM deployments WHERE id = ?');
  const someDeployments = prepare(
    'SELECT * FROM deployments WHERE (?1 IS NULL OR project = ?1) AND coalesce(finished_at_ms, started_at_ms) >= ?2 ORDER BY started_at_ms DESC',
  );
  const putIncident = prepare('INSERT OR REPLACE INTO incidents VALUES (?, ?, ?, ?, ?, ?)');
  const incidentById = prepare('SELECT * FROM incidents WHERE id = ?');
  const someIncidents = prepare(
    'SELECT * FROM incidents WHERE (?1 IS NULL OR project = ?1) AND coalesce(closed_at_ms, 9e15) >= ?2 ORDER BY opened_at_ms DESC',
  );
  const controlByKey = prepare('SELECT value FROM controls WHERE key = ?');
  const putControl = prepare('INSERT OR REPLACE INTO controls VALUES (?, ?, ?)');

  let revision = 0;

  return {
    keepDecision(decision, askedBy) {
      const { id, decidedAt, project, change, verdict } = decision;
      addDecision.run(id, Date.parse(decidedAt), askedBy, project, change, verdict, JSON.stringify(decision));
    },
    decision: (id) => firstDecision(decisionById.all(id)),
    decisions: ({ project, fromMs, toMs, before, limit }) =>
      someDecisions
        .all(project ?? null, fromMs ?? 0, toMs ?? END_OF_TIME_MS, before ?? null, limit)
        .map(decisionOf),
    audit({ at, actor, act, project, cause, detail }) {
      addAudit.run(Date.parse(at), actor, act, project, cause, JSON.stringify(detail));
    },
    audits({ project, actor, act, acts, fromMs, toMs, before, limit }) {
      const among = acts ?? (act === undefined ? null : [act]);
      const last = before ?? Number.MAX_SAFE_INTEGER;
      const range = [fromMs ?? 0, toMs ?? END_OF_TIME_MS] as const;
      const filter = [project ?? null, actor ?? null, among === null ? null : JSON.stringify(among)] as const;
      return someAudits.all(last, ...filter, ...range, limit).map(auditOf);
    },
    auditNames() {
      const rows = auditNames.all();
      const of = (kind: string): string[] =>
        rows
          .filter((row) => row['kind'] === kind)
          .slice(0, MOST_NAMES)
          .map((row) => String(row['name']));
      return { projects: of('project'), actors: of('actor'), acts: of('act') };
    },
    keepDeployment({ id, project, commit, startedAt, finishedAt, result, energyWh, energyProvenance }) {
      const [startedMs, finishedMs] = [Date.parse(startedAt), instantMs(finishedAt)];
      revision += 1;
      putDeployment.run(id, project, commit, startedMs, finishedMs, result, energyWh, energyProvenance);
    },
    deployment: (id) => deploymentById.all(id).map(deploymentOf)[0] ?? null,
    deployments: ({ project, sinceMs }) => someDeployments.all(project ?? null, sinceMs).map(deploymentOf),
    keepIncident({ id, project, severity, title, openedAt, closedAt }) {
      revision += 1;
      putIncident.run(id, project, severity, title, Date.parse(openedAt), instantMs(closedAt));
    },
    incident: (id) => incidentById.all(id).map(incidentOf)[0] ?? null,
    incidents: ({ project, sinceMs }) => someIncidents.all(project ?? null, sinceMs).map(incidentOf),
    revision: () => revision,
    control(key) {
      const value = controlByKey.get(key)?.['value'];
      return typeof value === 'string' ? value : null;
    },
    setControl(key, value, nowMs) {
      putControl.run(key, value, nowMs);
    },
    close: () => database.close(),
  };
}

function decisionOf(row: Row): Decision {
  return JSON.parse(String(row['decision'])) as Decision;
}

function firstDecision(rows: Row[]): Decision | null {
  const [row] = rows;
  return row === undefined ? null : decisionOf(row);
}

function auditOf(row: Row): AuditEntry {
  return {
    sequence: Number(row['sequence']),
    at: isoText(row['at_ms']),
    actor: String(row['actor']),
    act: String(row['act']),
    project: row['project'] === null ? null : String(row['project']),
    cause: String(row['cause']),
    detail: JSON.parse(String(row['detail'])) as AuditEntry['detail'],
  };
}

function deploymentOf(row: Row): Deployment {
  return {
    id: String(row['id']),
    project: String(row['project']),
    commit: String(row['commit_sha']),
    startedAt: isoText(row['started_at_ms']),
    finishedAt: row['finished_at_ms'] === null ? null : isoText(row['finished_at_ms']),
    result: row['result'] as Deployment['result'],
    energyWh: row['energy_wh'] === null ? null : Number(row['energy_wh']),
    energyProvenance: row['energy_provenance'] as Deployment['energyProvenance'],
  };
}

function incidentOf(row: Row): Incident {
  return {
    id: String(row['id']),
    project: String(row['project']),
    severity: row['severity'] as Incident['severity'],
    title: String(row['title']),
    openedAt: isoText(row['opened_at_ms']),
    closedAt: row['closed_at_ms'] === null ? null : isoText(row['closed_at_ms']),
  };
}

function instantMs(iso: string | null): number | null {
  return iso === null ? null : Date.parse(iso);
}

function isoText(ms: SQLOutputValue | undefined): string {
  return new Date(Number(ms)).toISOString();
}
