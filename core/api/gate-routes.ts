import { gateAskSchema, gateReplySchema } from '../../shared/contract/gate-ask.ts';
import { row, type Route } from './route.ts';

/** What git hooks ask. */
export const GATE_ROUTES: readonly Route[] = [
  row({
    method: 'POST',
    path: '/v1/gates',
    since: '0.1.0',
    summary:
      'What a git hook asks before a push, or of a new commit. Also takes the plain text the hooks write.',
    body: gateAskSchema,
    reply: gateReplySchema,
    handle: (door, { body }) => door.gates.answer(body),
  }),
];
