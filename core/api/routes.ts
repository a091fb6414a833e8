import {
  decisionQuerySchema,
  finishQuerySchema,
  finishReplySchema,
  healthReplySchema,
  projectParamsSchema,
  signInCodeReplySchema,
  signInReplySchema,
  signInSchema,
  simulateQuerySchema,
  simulateReplySchema,
} from '../../shared/contract/requests.ts';
import { decisionSchema } from '../../shared/contract/decision.ts';
import { forecastSchema } from '../../shared/contract/energy.ts';
import { snapshotSchema } from '../../shared/contract/state.ts';
import { ACTION_ROUTES } from './action-routes.ts';
import { CONFIG_ROUTES } from './config-routes.ts';
import { DOCTOR_ROUTES } from './doctor-routes.ts';
import { ENERGY_ROUTES } from './energy-routes.ts';
import { GATE_ROUTES } from './gate-routes.ts';
import { HISTORY_ROUTES } from './history-routes.ts';
import { JOB_ROUTES } from './job-routes.ts';
import { noProject } from './known-project.ts';
import { NEARBY_ROUTES } from './nearby-routes.ts';
import { NOTICE_ROUTES } from './notice-routes.ts';
import { PERSON_ROUTES } from './person-routes.ts';
import { POKE_ROUTES } from './poke-routes.ts';
import { PROJECT_ROUTES } from './project-routes.ts';
import { RECORD_ROUTES } from './record-routes.ts';
import { Refused } from './refused.ts';
import { JsonText, row, type Route } from './route.ts';
import { SCALING_ROUTES } from './scaling-routes.ts';
import { SYNC_ROUTES } from './sync-routes.ts';
import { WEBHOOK_ROUTES } from './webhook-routes.ts';

/** Answers about now, from memory. */
const STATE_ROUTES: readonly Route[] = [
  row({
    method: 'GET',
    path: '/v1/decisions/:project',
    since: '0.1.0',
    summary: "One decision, answered from memory. Without ?change= the project's default change type.",
    params: projectParamsSchema,
    query: decisionQuerySchema,
    reply: decisionSchema,
    handle(door, { params, query }) {
      const json = door.decisionJson(params.project, query.change);
      if (json === null) throw noProject(door, params.project);
      return new JsonText(json);
    },
  }),
  row({
    method: 'GET',
    path: '/v1/forecast',
    since: '0.1.0',
    summary: 'Minutes until the battery reaches each threshold, as ranges; empty while fed from outside.',
    reply: forecastSchema.array(),
    handle: (door) => door.snapshot().forecast,
  }),
  row({
    method: 'GET',
    path: '/v1/forecast/finish',
    since: '0.1.0',
    summary: 'The chance that a job of so many minutes ends above a charge. Null while fed from outside.',
    query: finishQuerySchema,
    reply: finishReplySchema,
    handle: (door, { query }) => ({
      ...query,
      probability: door.probabilityAbove(query.minutes, query.abovePercent),
    }),
  }),
  row({
    method: 'GET',
    path: '/v1/health',
    since: '0.1.0',
    summary: 'Whether the core answers. Needs no token.',
    open: true,
    reply: healthReplySchema,
    handle: (door) => ({ status: 'ok', version: door.version }),
  }),
  row({
    method: 'POST',
    path: '/v1/sign-in',
    since: '0.1.0',
    summary: 'Trades a one-time code for the token of one page. Needs no token.',
    open: true,
    body: signInSchema,
    reply: signInReplySchema,
    handle(door, { body }) {
      const token = door.tradeCode(body.code);
      if (token === null) throw new Refused(401, 'bad-token', 'This sign-in link was used or is too old.');
      return { token };
    },
  }),
  row({
    method: 'POST',
    path: '/v1/sign-in-codes',
    since: '0.1.0',
    summary: 'A new one-time sign-in link for the dashboard.',
    reply: signInCodeReplySchema,
    handle: (door) => door.issueCode(),
  }),
  row({
    method: 'GET',
    path: '/v1/simulate',
    since: '0.1.0',
    summary: 'The same decisions for made-up power.',
    query: simulateQuerySchema,
    reply: simulateReplySchema,
    handle(door, { query }) {
      const reply = door.simulate(query);
      if (reply === null) throw noProject(door, query.project ?? '');
      return reply;
    },
  }),
  row({
    method: 'GET',
    path: '/v1/state',
    since: '0.1.0',
    summary: 'The whole snapshot.',
    reply: snapshotSchema,
    handle: (door) => new JsonText(door.snapshotJson()),
  }),
];

/**
 * Every route but the page, the event stream and the OpenAPI document, sorted by path. A handler parses
 * nothing, waits for no sensor and touches no file: it asks the core's door and answers.
 */
export const ROUTES: readonly Route[] = [
  ...STATE_ROUTES,
  ...ACTION_ROUTES,
  ...CONFIG_ROUTES,
  ...DOCTOR_ROUTES,
  ...ENERGY_ROUTES,
  ...GATE_ROUTES,
  ...JOB_ROUTES,
  ...HISTORY_ROUTES,
  ...NEARBY_ROUTES,
  ...NOTICE_ROUTES,
  ...PERSON_ROUTES,
  ...POKE_ROUTES,
  ...PROJECT_ROUTES,
  ...RECORD_ROUTES,
  ...SCALING_ROUTES,
  ...SYNC_ROUTES,
  ...WEBHOOK_ROUTES,
].sort((one, other) => (`${one.path} ${one.method}` < `${other.path} ${other.method}` ? -1 : 1));
