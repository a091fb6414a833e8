import { pokeReplySchema, pokeSchema } from '../../shared/contract/poke.ts';
import { row, type Route } from './route.ts';

/** The desktop hears of power events before the next round would. */
export const POKE_ROUTES: readonly Route[] = [
  row({
    method: 'POST',
    path: '/v1/poke',
    since: '0.1.0',
    summary: 'Looks and judges again at once, because the desktop said that the power changed.',
    body: pokeSchema,
    reply: pokeReplySchema,
    handle(door) {
      door.poke();
      return { requested: true as const };
    },
  }),
];
