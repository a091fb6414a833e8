import {
  historyMetricsSchema,
  historyQuerySchema,
  historyReplySchema,
} from '../../shared/contract/history.ts';
import { Refused } from './refused.ts';
import { row, type Route } from './route.ts';

/** What was measured. */
export const HISTORY_ROUTES: readonly Route[] = [
  row({
    method: 'GET',
    path: '/v1/history',
    since: '0.1.0',
    summary:
      'One metric over time, its peaks kept, gaps as nulls with their causes; or the bands `levels` and `verdicts`, or the marks `events`.',
    query: historyQuerySchema,
    reply: historyReplySchema,
    handle(door, { query }) {
      const answer = door.history.answer(query);
      if (!answer.ok) throw new Refused(422, 'invalid', `${answer.field}: ${answer.why}.`, answer.field);
      return answer.reply;
    },
  }),
  row({
    method: 'GET',
    path: '/v1/history/metrics',
    since: '0.1.0',
    summary: 'The metrics there are, since when, and how large the record is.',
    reply: historyMetricsSchema,
    handle: (door) => door.history.metrics(),
  }),
];
