import { nearbyListSchema } from '../../shared/contract/nearby.ts';
import { row, type Route } from './route.ts';

/** What a person may want to add. Asked for by the page of projects alone. */
export const NEARBY_ROUTES: readonly Route[] = [
  row({
    method: 'GET',
    path: '/v1/nearby',
    since: '0.1.0',
    summary:
      'Git repositories in the home that are not judged yet, the one worked on last first; 12 at most.',
    reply: nearbyListSchema,
    handle: (door) => door.nearby(),
  }),
];
