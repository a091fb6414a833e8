import {
  askBoardReplySchema,
  askBoardSchema,
  linkCommitSchema,
  linkReplySchema,
  mirroredTaskSchema,
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
