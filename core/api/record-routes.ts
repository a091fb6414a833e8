import { deploymentSchema, incidentSchema } from '../../shared/contract/record.ts';
import {
  auditListSchema,
  auditNamesSchema,
  auditQuerySchema,
  decisionIdParamsSchema,
  deploymentFinishSchema,
  deploymentListSchema,
  deploymentStartSchema,
  incidentCloseSchema,
  incidentListSchema,
  incidentOpenSchema,
  keptDecisionsQuerySchema,
  projectIdParamsSchema,
  projectQuerySchema,
} from '../../shared/contract/requests.ts';
import { decisionSchema } from '../../shared/contract/decision.ts';
import { notQuarantined } from './action-routes.ts';
import { knownProject } from './known-project.ts';
import { Refused } from './refused.ts';
import { row, type Route } from './route.ts';

/** What happened, told and asked. */
export const RECORD_ROUTES: readonly Route[] = [
  row({
    method: 'GET',
    path: '/v1/audit',
    since: '0.1.0',
    summary: 'Who did what and why, newest first; ?before= the last sequence gives the next page.',
    query: auditQuerySchema,
    reply: auditListSchema,
    handle: (door, { query }) => door.record.audits(query),
  }),
  row({
    method: 'GET',
    path: '/v1/audit/names',
    since: '0.1.0',
    summary: 'The projects, actors and acts that the audit can be filtered by.',
    reply: auditNamesSchema,
    handle: (door) => door.record.auditNames(),
  }),
  row({
    method: 'GET',
    path: '/v1/deployments',
    since: '0.1.0',
    summary: 'Deployments of the last 30 days, newest first.',
    query: projectQuerySchema,
    reply: deploymentListSchema,
    handle: (door, { query }) => door.record.deployments(query.project),
  }),
  row({
    method: 'POST',
    path: '/v1/deployments',
    since: '0.1.0',
    summary: 'A deployment begins. 409 for a commit that was rolled back, until it is let try again.',
    body: deploymentStartSchema,
    reply: deploymentSchema,
    handle(door, { body }) {
      const project = knownProject(door, body.project);
      notQuarantined(door, project, body.commit);
      return door.record.startDeployment(project, body.commit);
    },
  }),
  row({
    method: 'PATCH',
    path: '/v1/deployments/:id',
    since: '0.1.0',
    summary: 'It ended: ok, failed or rolled-back. The first result stands.',
    params: projectIdParamsSchema,
    body: deploymentFinishSchema,
    reply: deploymentSchema,
    handle: (door, { params, body }) =>
      found(door.record.finishDeployment(params.id, body.result), 'deployment'),
  }),
  row({
    method: 'GET',
    path: '/v1/incidents',
    since: '0.1.0',
    summary: 'Open incidents and those closed in the last 30 days, newest first.',
    query: projectQuerySchema,
    reply: incidentListSchema,
    handle: (door, { query }) => door.record.incidents(query.project),
  }),
  row({
    method: 'POST',
    path: '/v1/incidents',
    since: '0.1.0',
    summary: 'Something is wrong.',
    body: incidentOpenSchema,
    reply: incidentSchema,
    handle: (door, { body }) =>
      door.record.openIncident(knownProject(door, body.project), body.severity, body.title),
  }),
  row({
    method: 'PATCH',
    path: '/v1/incidents/:id',
    since: '0.1.0',
    summary: 'It is over.',
    params: projectIdParamsSchema,
    body: incidentCloseSchema,
    reply: incidentSchema,
    handle: (door, { params }) => found(door.record.closeIncident(params.id), 'incident'),
  }),
  row({
    method: 'GET',
    path: '/v1/kept-decisions',
    since: '0.1.0',
    summary:
      'Decisions that gates asked for, as they were told then, newest first; ?before= the last id gives the next page.',
    query: keptDecisionsQuerySchema,
    reply: decisionSchema.array(),
    handle: (door, { query }) => door.keptDecisions(query),
  }),
  row({
    method: 'GET',
    path: '/v1/kept-decisions/:id',
    since: '0.1.0',
    summary: 'One decision that a gate asked for, as it was told then.',
    params: decisionIdParamsSchema,
    reply: decisionSchema,
    handle: (door, { params }) => found(door.keptDecision(params.id), 'decision'),
  }),
];

function found<T>(value: T | null, what: string): T {
  if (value === null) throw new Refused(404, 'not-found', `No such ${what} is recorded.`, 'id');
  return value;
}
