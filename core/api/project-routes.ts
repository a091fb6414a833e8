import {
  projectEntrySchema,
  projectIdParamsSchema,
  projectListSchema,
} from '../../shared/contract/requests.ts';
import {
  projectAddSchema,
  projectChangeSchema,
  projectRemovedSchema,
} from '../../shared/contract/settings.ts';
import type { ProjectProblem } from '../project-desk.ts';
import type { CoreDoor } from './core-door.ts';
import { noProject } from './known-project.ts';
import { Refused } from './refused.ts';
import { row, type Route } from './route.ts';

/** The registry: which folders are judged, and as what. */
export const PROJECT_ROUTES: readonly Route[] = [
  row({
    method: 'GET',
    path: '/v1/projects',
    since: '0.1.0',
    summary: 'The projects that are judged.',
    reply: projectListSchema,
    handle: (door) => door.snapshot().projects.map(({ id, path, profile }) => ({ id, path, profile })),
  }),
  row({
    method: 'POST',
    path: '/v1/projects',
    since: '0.1.0',
    summary: 'Adds a folder to those that are judged; written into config.yaml.',
    body: projectAddSchema,
    reply: projectEntrySchema,
    handle: async (door, { body }) => done(door, await door.projects.add(body), body.path),
  }),
  row({
    method: 'DELETE',
    path: '/v1/projects/:id',
    since: '0.1.0',
    summary: 'Judges it no longer. Its folder and its record stay as they are.',
    params: projectIdParamsSchema,
    reply: projectRemovedSchema,
    handle: async (door, { params }) => done(door, await door.projects.remove(params.id), params.id),
  }),
  row({
    method: 'PATCH',
    path: '/v1/projects/:id',
    since: '0.1.0',
    summary: 'Changes how it is judged or shown; written into config.yaml, whose comments stay.',
    params: projectIdParamsSchema,
    body: projectChangeSchema,
    reply: projectEntrySchema,
    handle: async (door, { params, body }) =>
      done(door, await door.projects.change(params.id, body), params.id),
  }),
];

function done<T extends object>(door: CoreDoor, answer: T | ProjectProblem | null, id: string): T {
  if (answer === null && door.snapshot().projects.some((project) => project.id === id)) {
    throw new Refused(422, 'invalid', 'This machine itself is always judged.', 'id');
  }
  if (answer === null) throw noProject(door, id);
  if ('problem' in answer) {
    const { problem, field } = answer;
    throw new Refused(422, 'invalid', field === null ? problem : `${field}: ${problem}.`, field ?? undefined);
  }
  return answer;
}
