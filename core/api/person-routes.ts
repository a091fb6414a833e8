import {
  clearSchema,
  haltReplySchema,
  haltSchema,
  projectIdParamsSchema,
  waiverReplySchema,
  waiverSchema,
  wellbeingReplySchema,
  wellbeingSchema,
} from '../../shared/contract/requests.ts';
import { knownProject } from './known-project.ts';
import { row, type Route } from './route.ts';

/** The person's controls. */
export const PERSON_ROUTES: readonly Route[] = [
  row({
    method: 'DELETE',
    path: '/v1/projects/:id/halt',
    since: '0.1.0',
    summary: 'Lifts a HALT.',
    params: projectIdParamsSchema,
    body: clearSchema,
    reply: haltReplySchema,
    handle: (door, { params, body }) => door.person.clear(knownProject(door, params.id), body.reason),
  }),
  row({
    method: 'POST',
    path: '/v1/projects/:id/halt',
    since: '0.1.0',
    summary: 'Halts a project: only reverts pass until it is lifted.',
    params: projectIdParamsSchema,
    body: haltSchema,
    reply: haltReplySchema,
    handle: (door, { params, body }) =>
      door.person.halt(knownProject(door, params.id), body.reason, body.forHours),
  }),
  row({
    method: 'POST',
    path: '/v1/waivers',
    since: '0.1.0',
    summary: 'Lets one kind of change of one project pass for at most 4 hours, with a reason.',
    body: waiverSchema,
    reply: waiverReplySchema,
    handle(door, { body }) {
      knownProject(door, body.project);
      return door.person.waive(body);
    },
  }),
  row({
    method: 'GET',
    path: '/v1/wellbeing',
    since: '0.1.0',
    summary: "The person's own capacity as it counts now. Private to this machine.",
    reply: wellbeingReplySchema,
    handle: (door) => door.person.wellbeing(),
  }),
  row({
    method: 'PUT',
    path: '/v1/wellbeing',
    since: '0.1.0',
    summary: 'Sets it, for at most 24 hours.',
    body: wellbeingSchema,
    reply: wellbeingReplySchema,
    handle: (door, { body }) => door.person.setWellbeing(body),
  }),
];
