import { z } from 'zod';

import { ACTION_KINDS, ACTION_STATES, ACTION_VERBS } from './vocabulary.ts';

/** One act of the core with all that is to be told of it; the same words wherever it is shown. */
export const actionSchema = z.object({
  id: z.string(),
  kind: z.enum(ACTION_KINDS),
  /** Null for the machine itself. */
  project: z.string().nullable(),
  /** What it acts on: a commit, a unit, a container, a file; "machine" for a safeguard. */
  subject: z.string(),
  state: z.enum(ACTION_STATES),
  /** Few words: "Roll back 1a2b3c4d". */
  title: z.string(),
  /** Why: "1 h burn rate 98, 5 min 101". */
  cause: z.string(),
  /** What has become of it; one sentence. */
  text: z.string(),
  beganAt: z.string(),
  endedAt: z.string().nullable(),
  /** Until when it can be called off, or whether it helped must show; null where nothing is due. */
  dueAt: z.string().nullable(),
  /** What its undo does, or that it has none. */
  undo: z.string(),
  /** What a person may answer now. */
  can: z.array(z.enum(ACTION_VERBS)),
  /** More of it, by kind: branch, revert commit, steps, the value before. */
  detail: z.record(z.string(), z.unknown()),
});
export type Action = z.infer<typeof actionSchema>;
export const actionListSchema = z.array(actionSchema);

export const actionsQuerySchema = z.strictObject({
  project: z.string().min(1).max(64).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
export const actionParamsSchema = z.strictObject({ id: z.string().min(4).max(64) });
