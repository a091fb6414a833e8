import { z } from 'zod';

import {
  jobKeeperSchema,
  jobListSchema,
  jobOutputSchema,
  jobParamsSchema,
  jobRequestSchema,
  jobSchema,
} from '../../shared/contract/job.ts';
import { isRefusal, type JobRefusal } from '../remediation/jobs-desk.ts';
import { knownProject } from './known-project.ts';
import { Refused } from './refused.ts';
import { row, type Route } from './route.ts';

/** Work that waits for power. */
export const JOB_ROUTES: readonly Route[] = [
  row({
    method: 'GET',
    path: '/v1/jobs',
    since: '0.1.0',
    summary: 'Jobs under way, then those in line, then those that are over, the last one first.',
    reply: jobListSchema,
    handle: (door) => door.jobs.list(),
  }),
  row({
    method: 'POST',
    path: '/v1/jobs',
    since: '0.1.0',
    summary:
      'A job that starts when there is power for it. Its output is kept by the core, the last 64 kB of it.',
    body: jobRequestSchema,
    reply: jobSchema,
    handle(door, { body }) {
      if (body.project !== null) knownProject(door, body.project);
      return answered(door.jobs.add(body));
    },
  }),
  row({
    method: 'GET',
    path: '/v1/jobs/:id',
    since: '0.1.0',
    summary: 'One job, by its id or the beginning of it.',
    params: jobParamsSchema,
    reply: jobSchema,
    handle: (door, { params }) => answered(door.jobs.one(params.id)),
  }),
  row({
    method: 'GET',
    path: '/v1/jobs/:id/output',
    since: '0.1.0',
    summary: 'The end of what a job printed that the core started; once it has ended.',
    params: jobParamsSchema,
    reply: jobOutputSchema,
    handle: (door, { params }) => ({ id: params.id, output: answered(door.jobs.output(params.id)) }),
  }),
  row({
    method: 'POST',
    path: '/v1/jobs/:id/pause',
    since: '0.1.0',
    summary: 'Stops a job at once, or keeps it from starting, until it is resumed by hand.',
    params: jobParamsSchema,
    reply: jobSchema,
    handle: (door, { params }) => answered(door.jobs.pause(params.id)),
  }),
  row({
    method: 'POST',
    path: '/v1/jobs/:id/resume',
    since: '0.1.0',
    summary:
      'Lets a job go on that was paused by hand, or, though the level is LOW, one that was paused for it.',
    params: jobParamsSchema,
    reply: jobSchema,
    handle: (door, { params }) => answered(door.jobs.resume(params.id)),
  }),
  row({
    method: 'POST',
    path: '/v1/jobs/:id/cancel',
    since: '0.1.0',
    summary: 'Ends a job with all its processes: SIGTERM, some seconds later SIGKILL.',
    params: jobParamsSchema,
    reply: jobSchema,
    handle: (door, { params }) => answered(door.jobs.cancel(params.id)),
  }),
  row({
    method: 'POST',
    path: '/v1/jobs/:id/keeper',
    since: '0.1.0',
    summary: 'What becomes of the command that `orch run` keeps; for `orch run` alone.',
    params: jobParamsSchema,
    body: jobKeeperSchema,
    reply: z.object({ job: jobSchema, isNiced: z.boolean() }),
    handle: (door, { params, body }) => answered(door.jobs.keep(params.id, body)),
  }),
];

const STATUS = { 'not-found': 404, conflict: 409, invalid: 422 } as const;

function answered<T extends object | string>(answer: T | JobRefusal): T {
  if (isRefusal(answer)) throw new Refused(STATUS[answer.refused], answer.refused, answer.text, answer.field);
  return answer;
}
