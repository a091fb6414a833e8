import {
  actionListSchema,
  actionParamsSchema,
  actionSchema,
  actionsQuerySchema,
} from '../../shared/contract/remediation.ts';
import { ACTION_VERBS, type ActionVerb } from '../../shared/contract/vocabulary.ts';
import { isActionRefusal, type ActionRefusal } from '../remediation/actions-desk.ts';
import type { CoreDoor } from './core-door.ts';
import { Refused } from './refused.ts';
import { row, type Route } from './route.ts';

const SUMMARIES: Readonly<Record<ActionVerb, string>> = {
  approve: 'A person says yes to an action that asks.',
  decline: 'A person says no to it: all stays as it is.',
  undo: 'Takes an action back. 409 where it has no undo, and for a rollback at LOW and CRITICAL.',
  retry: 'Lets a commit try again that was rolled back, or an undo that failed.',
  cancel: 'Calls safeguards off before their first step.',
};

/** What the core did by itself, or asks leave for. */
export const ACTION_ROUTES: readonly Route[] = [
  row({
    method: 'GET',
    path: '/v1/actions',
    since: '0.1.0',
    summary: 'Rollbacks, throttled work and safeguards, the newest first.',
    query: actionsQuerySchema,
    reply: actionListSchema,
    handle: (door, { query }) => door.actions.list(query),
  }),
  row({
    method: 'GET',
    path: '/v1/actions/:id',
    since: '0.1.0',
    summary: 'One action, by its id or the beginning of it.',
    params: actionParamsSchema,
    reply: actionSchema,
    handle: (door, { params }) => answered(door.actions.one(params.id)),
  }),
  ...ACTION_VERBS.map((verb) =>
    row({
      method: 'POST',
      path: `/v1/actions/:id/${verb}`,
      since: '0.1.0',
      summary: SUMMARIES[verb],
      params: actionParamsSchema,
      reply: actionSchema,
      handle: (door, { params }) => answered(door.actions.answer(params.id, verb)),
    }),
  ),
];

/** A commit in quarantine is not deployed again (domain 1.5). Throws a Refused that says why. */
export function notQuarantined(door: CoreDoor, project: string, commit: string): void {
  const held = door.actions.quarantineOf(project, commit);
  if (held === null) return;
  const text = `Commit ${commit.slice(0, 10)} was rolled back because ${held.cause}: it is in quarantine until a new commit. \`orch actions retry ${held.actionId.slice(0, 8)}\` lets it try again.`;
  throw new Refused(409, 'conflict', text, 'commit');
}

const STATUS = { 'not-found': 404, conflict: 409 } as const;

function answered<T extends object>(answer: T | ActionRefusal): T {
  if (isActionRefusal(answer)) throw new Refused(STATUS[answer.refused], answer.refused, answer.text, 'id');
  return answer;
}
