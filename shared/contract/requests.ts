import { z } from 'zod';

import { projectIdSchema } from './config.ts';
import { decisionSchema } from './decision.ts';
import { auditEntrySchema, deploymentSchema, INCIDENT_SEVERITIES, incidentSchema } from './record.ts';
import { CHANGE_TYPES, ENERGY_LEVELS, WELLBEING_TAGS } from './vocabulary.ts';

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
  profile: z.string(),
});
export const projectListSchema = z.array(projectEntrySchema);

/** What the person typed is required: a control without a reason cannot be argued with later. */
const reason = z.string().trim().min(3, 'must say why, in at least 3 letters').max(500);
const idParams = z.strictObject({ id: z.string().min(1).max(64) });

export const wellbeingSchema = z.strictObject({
  value: z.number().min(0).max(100),
  tags: z.array(z.enum(WELLBEING_TAGS)).max(WELLBEING_TAGS.length).default([]),
  forHours: z.number().positive().max(24).default(12),
});
export const wellbeingReplySchema = z.object({
  /** As set; null when nothing is set or it lapsed. */
  value: z.number().nullable(),
  tags: z.array(z.enum(WELLBEING_TAGS)),
  /** What counts now: the value less its tags, or neutral 70. */
  effective: z.number(),
  until: z.string().nullable(),
});
export type WellbeingReply = z.infer<typeof wellbeingReplySchema>;

export const projectIdParamsSchema = idParams;
export const haltSchema = z.strictObject({
  reason,
  forHours: z.number().positive('must be more than 0').max(168, 'must be 168 at most').optional(),
});
export const clearSchema = z.strictObject({ reason: reason.optional() });
export const haltReplySchema = z.object({
  project: z.string(),
  halted: z.boolean(),
  who: z.string().nullable(),
  why: z.string().nullable(),
  since: z.string().nullable(),
  until: z.string().nullable(),
});
export type HaltReply = z.infer<typeof haltReplySchema>;

/** A waiver lasts at most 4 hours (domain 1.3). */
export const waiverSchema = z.strictObject({
  project: z.string().min(1).max(64),
  change: z.enum(CHANGE_TYPES),
  reason,
  forMinutes: z.number().positive().max(240).default(120),
});
export const waiverReplySchema = z.object({
  project: z.string(),
  change: z.enum(CHANGE_TYPES),
  who: z.string(),
  why: z.string(),
  since: z.string(),
  until: z.string(),
});
export type WaiverReply = z.infer<typeof waiverReplySchema>;

const commit = z.string().regex(/^[0-9a-f]{7,64}$/i, 'must be 7 to 64 hexadecimal digits');
export const deploymentStartSchema = z.strictObject({ project: z.string().min(1).max(64), commit });
export const deploymentFinishSchema = z.strictObject({ result: z.enum(['ok', 'failed', 'rolled-back']) });
export const incidentOpenSchema = z.strictObject({
  project: z.string().min(1).max(64),
  severity: z.enum(INCIDENT_SEVERITIES).default('major'),
  title: z.string().trim().min(3, 'must say what is wrong, in at least 3 letters').max(200),
});
export const incidentCloseSchema = z.strictObject({});
export const deploymentListSchema = z.array(deploymentSchema);
export const incidentListSchema = z.array(incidentSchema);
export const auditQuerySchema = z.strictObject({
  project: z.string().min(1).max(64).optional(),
  actor: z.string().min(1).max(200).optional(),
  act: z.string().min(1).max(100).optional(),
  /** Only entries older than the one of this sequence: the way to the next page. */
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;
export const auditListSchema = z.array(auditEntrySchema);
export const auditNamesSchema = z.object({
  /** What may be asked for, each in order of the alphabet; 500 at most. */
  projects: z.array(z.string()),
  actors: z.array(z.string()),
  acts: z.array(z.string()),
});
export type AuditNames = z.infer<typeof auditNamesSchema>;
export const projectQuerySchema = z.strictObject({ project: z.string().min(1).max(64).optional() });
export const decisionIdParamsSchema = z.strictObject({ id: z.string().min(1).max(160) });

export const keptDecisionsQuerySchema = z.strictObject({
  project: z.string().min(1).max(64).optional(),
  /** Only decisions kept earlier than the one of this id: the way to the next page. */
  before: z.string().min(1).max(160).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** "Will it finish?" for a job of so many minutes. */
export const finishQuerySchema = z.strictObject({
  minutes: z.coerce.number().positive().max(1440),
  /** The charge it must still be above at its end. */
  abovePercent: z.coerce.number().min(0).max(99).default(20),
});
export const finishReplySchema = z.object({
  minutes: z.number(),
  abovePercent: z.number(),
  /** 0..1; null while fed from outside and while nothing can be said. */
  probability: z.number().min(0).max(1).nullable(),
});
