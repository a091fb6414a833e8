import {
  askBoardReplySchema,
  askBoardSchema,
  linkCommitSchema,
  linkReplySchema,
  messageNamedSchema,
  mirroredTaskSchema,
  pushReplySchema,
  queuedMessageSchema,
  setTaskStatusSchema,
  syncReplySchema,
  taskParamsSchema,
} from '../../shared/contract/sync.ts';
import type { SyncRefusal } from '../sync/sync-desk.ts';
import { Refused } from './refused.ts';
import { row, type Route } from './route.ts';

/** Mirrors elsewhere: what waits for them, and what differs between them and us. */
export const SYNC_ROUTES: readonly Route[] = [
  row({
    method: 'GET',
    path: '/v1/sync',
    since: '0.1.0',
    summary: 'Mirrors and how they fare, what waits, and the tasks of each project as both sides know them.',
    reply: syncReplySchema,
    handle: (door) => door.sync.view(),
  }),
  row({
    method: 'POST',
    path: '/v1/sync/boards',
    since: '0.1.0',
    summary: 'Asks for a status-board task of a project at Manus: one paid agent run.',
    body: askBoardSchema,
    reply: askBoardReplySchema,
    handle: (door, { body }) => answered(door.sync.askBoard(body.project)),
  }),
  row({
    method: 'POST',
    path: '/v1/sync/links',
    since: '0.1.0',
    summary: 'Links a commit to a task. Linking it again changes nothing.',
    body: linkCommitSchema,
    reply: linkReplySchema,
    handle: (door, { body }) => answered(door.sync.link(body)),
  }),
  row({
    method: 'POST',
    path: '/v1/sync/push',
    since: '0.1.0',
    summary: 'Tries at once whatever waits, at every mirror, within the limits of each.',
    reply: pushReplySchema,
    handle: (door) => door.sync.push(),
  }),
  row({
    method: 'POST',
    path: '/v1/sync/retry',
    since: '0.1.0',
    summary: 'Tells a message that was given up after all; one that may have arrived is looked for first.',
    body: messageNamedSchema,
    reply: queuedMessageSchema,
    handle: (door, { body }) => answered(door.sync.retry(body.id)),
  }),
  row({
    method: 'POST',
    path: '/v1/sync/drop',
    since: '0.1.0',
    summary: 'Never tells a message that waits or was given up. This cannot be undone.',
    body: messageNamedSchema,
    reply: messageNamedSchema,
    handle: (door, { body }) => answered(door.sync.drop(body.id)),
  }),
  row({
    method: 'PUT',
    path: '/v1/sync/tasks/:task',
    since: '0.1.0',
    summary: 'Sets our own status of a task; Manus has no place for one but its title.',
    params: taskParamsSchema,
    body: setTaskStatusSchema,
    reply: mirroredTaskSchema,
    handle: (door, { params, body }) => answered(door.sync.setStatus(params.task, body.status)),
  }),
];

const STATUS = { 'not-found': 404, invalid: 422, unavailable: 503 } as const;

function answered<T extends object>(answer: T | SyncRefusal): T {
  if (!('refused' in answer)) return answer;
  throw new Refused(STATUS[answer.refused], answer.refused, answer.text, answer.field);
}
