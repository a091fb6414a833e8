import { z } from 'zod';

import { ENERGY_LEVELS } from './vocabulary.ts';

/** How many instances of one project are wanted now: GET /v1/scaling/{project}. */
export const scalingSchema = z.object({
  project: z.string(),
  desiredReplicas: z.number().int().min(0),
  /** Why so many, one sentence. */
  reason: z.string(),
  /** When that number was first wanted. */
  decidedAt: z.string(),
  /** After this it is stale, unless it is read again. */
  validUntil: z.string(),
  min: z.number().int(),
  max: z.number().int(),
  level: z.enum(ENERGY_LEVELS),
  /** Jobs of the project under way; never fewer instances than these. */
  runningJobCount: z.number().int(),
  mode: z.enum(['dry-run', 'live']),
  executor: z.enum(['pull', 'command', 'kubernetes']),
  /** What was last set, and by whose word; null before the first and for `pull`. */
  setReplicas: z.number().int().nullable(),
  /** Why the last setting failed; null when it did not. */
  problem: z.string().nullable(),
});
export type Scaling = z.infer<typeof scalingSchema>;
/** A list tells of those too whose number is not known: `desiredReplicas` is then null. */
export const scalingListSchema = z.array(
  scalingSchema.extend({ desiredReplicas: z.number().int().nullable(), decidedAt: z.string().nullable() }),
);
export type ScalingList = z.infer<typeof scalingListSchema>;

/** A model's metrics, as far as they are known. */
export const modelNumbersSchema = z.object({
  /** 0 to 1. */
  accuracy: z.number().nullable(),
  /** 0 to 1. */
  drift: z.number().nullable(),
  latencySeconds: z.number().nullable(),
});
export type ModelNumbers = z.infer<typeof modelNumbersSchema>;

export const RETRAIN_RESULTS = ['ok', 'failed', 'cancelled', 'timeout', 'lost', 'observed'] as const;

export const retrainResultSchema = z.object({
  windowAt: z.string(),
  /** The window was missed, and made up for. */
  isMissed: z.boolean(),
  result: z.enum(RETRAIN_RESULTS),
  /** One sentence. */
  text: z.string(),
  exitCode: z.number().int().nullable(),
  jobId: z.string().nullable(),
  startedAt: z.string(),
  endedAt: z.string(),
  ranSeconds: z.number().nullable(),
  /** The model before and after; null where nothing measures it. */
  before: modelNumbersSchema.nullable(),
  after: modelNumbersSchema.nullable(),
});
export type RetrainResult = z.infer<typeof retrainResultSchema>;

/** One project's retraining: GET /v1/schedules. */
export const scheduleSchema = z.object({
  project: z.string(),
  schedule: z.string(),
  /** Null: this machine's own. */
  timeZone: z.string().nullable(),
  command: z.array(z.string()),
  observeOnly: z.boolean(),
  state: z.enum(['idle', 'waiting', 'running']),
  /** When the next window opens; null when none ever does. */
  nextWindowAt: z.string().nullable(),
  /** The window that waits or runs. */
  window: z.object({ at: z.string(), isMissed: z.boolean() }).nullable(),
  /** Why it waits; null while it does not. */
  wait: z.object({ reason: z.string(), until: z.string(), untilAt: z.string().nullable() }).nullable(),
  /** The job that runs, or waits for its turn. */
  jobId: z.string().nullable(),
  last: retrainResultSchema.nullable(),
});
export type Schedule = z.infer<typeof scheduleSchema>;
export const scheduleListSchema = z.array(scheduleSchema);
