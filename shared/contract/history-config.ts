import { z } from 'zod';

/** How long what was measured and done is kept. */
export const historyConfigSchema = z.strictObject({
  sampleDays: z.number().int().min(1).max(366).default(35).describe('How many days every sample is kept.'),
  rollupDays: z
    .number()
    .int()
    .min(1)
    .max(3660)
    .default(400)
    .describe('How many days five minutes as one (least, mean, greatest, last) are kept.'),
  sizeLimitMb: z
    .number()
    .int()
    .min(5)
    .max(100_000)
    .default(200)
    .describe(
      'How large history.db may grow. Then the oldest goes first: samples, roll-ups, decisions, audit.',
    ),
});
export type HistoryConfig = z.infer<typeof historyConfigSchema>;
