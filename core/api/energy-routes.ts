import { energyDaysQuerySchema, energyDaysReplySchema } from '../../shared/contract/energy-ledger.ts';
import { row, type Route } from './route.ts';

/** What the machine drew, day by day. */
export const ENERGY_ROUTES: readonly Route[] = [
  row({
    method: 'GET',
    path: '/v1/energy/days',
    since: '0.1.0',
    summary:
      'Watt-hours by local day with where they come from, and the part of this product; 400 days at most.',
    query: energyDaysQuerySchema,
    reply: energyDaysReplySchema,
    handle: (door, { query }) => door.energyDays(query),
  }),
];
