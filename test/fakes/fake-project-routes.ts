import type { Decision } from '../../shared/contract/decision.ts';
import type { AuditEntry, Deployment, Incident } from '../../shared/contract/record.ts';
import {
  clearSchema,
  haltSchema,
  incidentOpenSchema,
  simulateQuerySchema,
  waiverSchema,
} from '../../shared/contract/requests.ts';
import type { SimulateQuery, SimulateReply } from '../../shared/contract/requests.ts';
import type { ProjectState, Snapshot } from '../../shared/contract/state.ts';

/** What the fake core's record holds at first. */
export interface FakeRecord {
  readonly incidents: readonly Incident[];
  readonly deployments: readonly Deployment[];
  readonly audits: readonly AuditEntry[];
  /** What gates were told; none where it is left out. */
  readonly decisions?: readonly Decision[];
}

export interface Answer {
  readonly status: number;
  readonly value: unknown;
}

export interface FakeProjectRoutes {
  /** Null for a path that is not about a project. */
  answer(method: string, url: string, bodyText: string): Answer | null;
}

export interface FakeProjectParts {
  readonly record: FakeRecord;
  readonly snapshot: () => Snapshot;
  readonly publish: (snapshot: Snapshot) => void;
  readonly simulate: (query: SimulateQuery) => SimulateReply;
}

/** Project routes of the endpoint, held to the real schemas: what a person does shows in the next snapshot. */
export function createFakeProjectRoutes(parts: FakeProjectParts): FakeProjectRoutes {
  let { incidents } = parts.record;
  const { deployments, decisions = [] } = parts.record;
  let { audits } = parts.record;

  const change = (id: string, next: Partial<ProjectState>): void => {
    const snapshot = parts.snapshot();
    const projects = snapshot.projects.map((project) =>
      project.id === id ? { ...project, ...next } : project,
    );
    parts.publish({ ...snapshot, sequence: snapshot.sequence + 1, projects });
  };
  const told = (act: string, project: string, cause: string, detail: AuditEntry['detail'] = {}): void => {
    const sequence = (audits[0]?.sequence ?? 0) + 1;
    audits = [{ sequence, at: parts.snapshot().at, actor: 'sam', act, project, cause, detail }, ...audits];
  };
  const of = <T extends { project: string | null }>(list: readonly T[], url: URL): readonly T[] =>
    list.filter((item) => item.project === url.searchParams.get('project'));

  const halt = (method: string, id: string, body: unknown): Answer => {
    const since = parts.snapshot().at;
    if (method === 'DELETE') {
      clearSchema.parse(body);
      told('halt-cleared', id, 'cleared by hand');
      change(id, { halt: null, mode: 'SAFE' });
      return { status: 200, value: {} };
    }
    const parsed = haltSchema.safeParse(body);
    if (!parsed.success) return refused(parsed.error.issues[0]);
    told('halt', id, parsed.data.reason);
    const standing = { by: 'person', who: 'sam', why: parsed.data.reason, since, until: null } as const;
    change(id, { halt: standing, mode: 'HALT' });
    return { status: 200, value: {} };
  };
  const waive = (body: unknown): Answer => {
    const parsed = waiverSchema.safeParse(body);
    if (!parsed.success) return refused(parsed.error.issues[0]);
    const { project: id, change: type, reason, forMinutes } = parsed.data;
    const since = parts.snapshot().at;
    const until = new Date(Date.parse(since) + forMinutes * 60_000).toISOString();
    const waivers = parts.snapshot().projects.find((project) => project.id === id)?.waivers ?? [];
    told('waive', id, reason, { change: type, until });
    change(id, { waivers: [...waivers, { change: type, who: 'sam', why: reason, since, until }] });
    return { status: 200, value: {} };
  };
  const openIncident = (body: unknown): Answer => {
    const parsed = incidentOpenSchema.safeParse(body);
    if (!parsed.success) return refused(parsed.error.issues[0]);
    const at = parts.snapshot().at;
    const incident = { ...parsed.data, id: `i-${incidents.length}`, openedAt: at, closedAt: null };
    incidents = [incident, ...incidents];
    told('incident-open', incident.project, incident.title);
    return { status: 200, value: incident };
  };
  const closeIncident = (id: string): Answer => {
    const closedAt = parts.snapshot().at;
    incidents = incidents.map((incident) => (incident.id === id ? { ...incident, closedAt } : incident));
    return { status: 200, value: {} };
  };

  const simulated = (query: unknown): Answer => {
    const parsed = simulateQuerySchema.safeParse(query);
    if (!parsed.success) return refused(parsed.error.issues[0]);
    return { status: 200, value: parts.simulate(parsed.data) };
  };

  return {
    answer(method, address, bodyText) {
      const url = new URL(address, 'http://127.0.0.1');
      const body: unknown = bodyText === '' ? {} : JSON.parse(bodyText);
      const route = `${method} ${url.pathname}`;
      const halted = /^\/v1\/projects\/([^/]+)\/halt$/.exec(url.pathname)?.[1];
      if (halted !== undefined) return halt(method, decodeURIComponent(halted), body);
      const closed = /^PATCH \/v1\/incidents\/([^/]+)$/.exec(route)?.[1];
      if (closed !== undefined) return closeIncident(decodeURIComponent(closed));
      const kept = /^GET \/v1\/kept-decisions\/([^/]+)$/.exec(route)?.[1];
      if (kept !== undefined) {
        const decision = decisions.find(({ id }) => id === decodeURIComponent(kept));
        return decision === undefined ? null : { status: 200, value: decision };
      }
      switch (route) {
        case 'GET /v1/kept-decisions':
          return { status: 200, value: of(decisions, url) };
        case 'POST /v1/waivers':
          return waive(body);
        case 'POST /v1/incidents':
          return openIncident(body);
        case 'GET /v1/incidents':
          return { status: 200, value: of(incidents, url) };
        case 'GET /v1/deployments':
          return { status: 200, value: of(deployments, url) };
        case 'GET /v1/audit':
          return { status: 200, value: of(audits, url) };
        case 'GET /v1/simulate':
          return simulated(Object.fromEntries(url.searchParams));
        default:
          return null;
      }
    },
  };
}

function refused(issue: { readonly path: PropertyKey[]; readonly message: string } | undefined): Answer {
  const field = issue?.path.map(String).join('.') ?? '';
  const message = `${field}: ${issue?.message ?? 'invalid'}`;
  return { status: 422, value: { error: { code: 'invalid', message, field } } };
}
