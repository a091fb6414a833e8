import { z } from 'zod';

export const MIRROR_STATES = ['off', 'ok', 'failing', 'stopped'] as const;

/** How one destination fares: `snapshot.sync[destination]`. */
export const mirrorStateSchema = z.object({
  /** `failing` tries again by itself; `stopped` needs a person. */
  state: z.enum(MIRROR_STATES),
  /** What waits, is on its way or may have arrived. */
  queuedCount: z.number().int().min(0),
  /** Of these, what may or may not have arrived and is being looked for. */
  unsureCount: z.number().int().min(0),
  /** Given up, each with its reason; kept for 90 days. */
  deadCount: z.number().int().min(0),
  oldestQueuedAt: z.string().nullable(),
  lastSuccessAt: z.string().nullable(),
  /** The last failure, even if all is well again. */
  lastError: z.string().nullable(),
  lastErrorAt: z.string().nullable(),
  /** What is wrong now, in a sentence; null when nothing is. */
  problem: z.string().nullable(),
  /** Null when nothing waits. */
  nextTryAt: z.string().nullable(),
});
export type MirrorState = z.infer<typeof mirrorStateSchema>;
