import { z } from 'zod';

import { projectIdSchema } from './config.ts';
import { decisionSchema } from './decision.ts';
import { CHANGE_TYPES, ENERGY_LEVELS, PROFILES } from './vocabulary.ts';

/** What clients send, and the small answers that are not a snapshot or a decision. */

export const healthReplySchema = z.object({ status: z.literal('ok'), version: z.string() });

export const signInSchema = z.strictObject({ code: z.string().min(1).max(200) });
export const signInReplySchema = z.object({ token: z.string() });
export const signInCodeReplySchema = z.object({ code: z.string(), url: z.string(), expiresAt: z.string() });

export const projectParamsSchema = z.strictObject({ project: z.string().min(1).max(64) });
export const decisionQuerySchema = z.strictObject({ change: z.enum(CHANGE_TYPES).optional() });

export const simulateQuerySchema = z.strictObject({
  /** Charge of the battery, 0 to 100. */
  percent: z.coerce.number().min(0).max(100).optional(),
  power: z.enum(['ac', 'battery']).optional(),
  project: z.string().min(1).max(64).optional(),
});
export type SimulateQuery = z.infer<typeof simulateQuerySchema>;
export const simulateReplySchema = z.object({
  level: z.enum(ENERGY_LEVELS),
  why: z.string(),
  projects: z.array(
    z.object({ id: z.string(), decisions: z.partialRecord(z.enum(CHANGE_TYPES), decisionSchema) }),
  ),
});
export type SimulateReply = z.infer<typeof simulateReplySchema>;

export const projectEntrySchema = z.object({
  id: projectIdSchema,
  path: z.string().nullable(),
  profile: z.enum(PROFILES),
});
export const projectListSchema = z.array(projectEntrySchema);
