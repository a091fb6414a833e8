import { projectParamsSchema } from '../../shared/contract/requests.ts';
import { scalingListSchema, scalingSchema, scheduleListSchema } from '../../shared/contract/scaling.ts';
import { isScalingRefusal } from '../remediation/scaler-room.ts';
import { Refused } from './refused.ts';
import { row, type Route } from './route.ts';

const STATUS = { 'not-found': 404, unavailable: 503 } as const;

/** Retraining and how many instances are wanted. */
export const SCALING_ROUTES: readonly Route[] = [
  row({
    method: 'GET',
    path: '/v1/scaling',
    since: '0.1.0',
    summary: 'How many instances of each project are wanted; null where that is not known.',
    reply: scalingListSchema,
    handle: (door) => door.scaling.list(),
  }),
  row({
    method: 'GET',
    path: '/v1/scaling/:project',
    since: '0.1.0',
    summary:
      'How many instances of one project are wanted, for KEDA and the like. 503 while that is not known or old.',
    params: projectParamsSchema,
    reply: scalingSchema,
    handle(door, { params }) {
      const answer = door.scaling.one(params.project);
      if (!isScalingRefusal(answer)) return answer;
      const field = answer.refused === 'not-found' ? 'project' : undefined;
      throw new Refused(STATUS[answer.refused], answer.refused, answer.text, field);
    },
  }),
  row({
    method: 'GET',
    path: '/v1/schedules',
    since: '0.1.0',
    summary: 'Retraining by project: the next window, what the one that is due waits for, the last result.',
    reply: scheduleListSchema,
    handle: (door) => door.schedules(),
  }),
];
