import { z } from 'zod';

import { POKE_CAUSES } from './vocabulary.ts';

/** Something happened that may change the power: look at once instead of at the next round. */
export const pokeSchema = z.strictObject({ cause: z.enum(POKE_CAUSES) });
export const pokeReplySchema = z.object({ requested: z.literal(true) });
export type PokeCause = (typeof POKE_CAUSES)[number];
