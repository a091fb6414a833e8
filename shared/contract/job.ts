import { z } from 'zod';

import { projectIdSchema } from './config.ts';
import { CHECKPOINT_SIGNALS, ENERGY_PROVENANCES, JOB_LEVELS, JOB_STATES } from './vocabulary.ts';

const commandLine = z
  .array(
    z
      .string()
      .max(100_000)
      .refine((value) => !value.includes('\0'), 'must not hold a NUL'),
  )
  .min(1, 'must name a program')
  .max(1000)
  .refine(([program]) => program !== '', 'must name a program');

/** What a job asks for before it starts. */
export const jobNeedsSchema = z.object({
  /** The least level. */
  level: z.enum(JOB_LEVELS),
  /** How long it will take; null where nobody said. */
  minutes: z.number().nullable(),
});
export type JobNeeds = z.infer<typeof jobNeedsSchema>;

/** One managed job, with the same words wherever it is shown: snapshot, endpoint, events, `orch jobs`. */
export const jobSchema = z.object({
  id: z.string(),
  project: z.string().nullable(),
  /** Program and arguments. */
  command: z.array(z.string()),
  folder: z.string(),
  /** A terminal's `orch run`, or the core for POST /v1/jobs. */
  startedBy: z.enum(['terminal', 'core']),
  needs: jobNeedsSchema,
  /** -10 to 10. */
  priority: z.number().int(),
  checkpointSignal: z.enum(CHECKPOINT_SIGNALS),
  state: z.enum(JOB_STATES),
  /** A person holds it back. */
  isHeld: z.boolean(),
  /** Why it waits, is paused, or how it ended; one sentence. Empty while it simply runs. */
  reason: z.string(),
  /** What it waits for: "it is plugged in"; null where it waits for nothing. */
  until: z.string().nullable(),
  /** When that may be; null where nobody can say. */
  untilAt: z.string().nullable(),
  /** Jobs ahead in line; null once it has started. */
  aheadCount: z.number().int().nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  pid: z.number().int().nullable(),
  /** 128 and the signal's number where a signal ended it; null while it runs and where nobody knows. */
  exitCode: z.number().int().nullable(),
  /** Time it ran, pauses left out. */
  ranSeconds: z.number(),
  pausedSeconds: z.number(),
  /** What the machine drew from its battery while it ran; null where nothing measured it. */
  energyWh: z.number().nullable(),
  energyProvenance: z.enum(ENERGY_PROVENANCES),
});
export type Job = z.infer<typeof jobSchema>;
export const jobListSchema = z.array(jobSchema);
/** Jobs that are not over, by state; states that none is in are left out. */
export const jobCountsSchema = z.partialRecord(z.enum(JOB_STATES), z.number().int().positive());
export type JobCounts = z.infer<typeof jobCountsSchema>;

const identity = z.strictObject({
  pid: z.number().int().positive(),
  startTicks: z.string().max(40).nullable(),
  bootId: z.string().max(60).nullable(),
});

export const jobRequestSchema = z.strictObject({
  project: projectIdSchema.nullable().default(null),
  command: commandLine,
  /** Absolute; the project's own, else the home folder, when left out. */
  folder: z.string().startsWith('/', 'must be an absolute folder').max(4096).optional(),
  when: z.enum(JOB_LEVELS).default('MEDIUM'),
  forMinutes: z.number().positive().max(1440, 'must be 1440 (24 hours) at most').optional(),
  priority: z.number().int().min(-10).max(10).default(0),
  checkpointSignal: z.enum(CHECKPOINT_SIGNALS).default('auto'),
  /** From `orch run` alone: the process that will start the command, and the id it goes by. */
  keeper: identity.optional(),
  id: z.uuid().optional(),
  /** From `orch run` alone: it runs already, started while no core was there. */
  process: identity.optional(),
});
export type JobRequest = z.infer<typeof jobRequestSchema>;

/** What `orch run` tells of the command it keeps. */
export const jobKeeperSchema = z.discriminatedUnion('event', [
  /** It is about to start the command; refused when the place has gone meanwhile. */
  z.strictObject({ event: z.literal('begin') }),
  z.strictObject({ event: z.literal('started'), process: identity }),
  z.strictObject({ event: z.literal('ended'), exitCode: z.number().int().min(0).max(255) }),
]);
export type JobKeeperEvent = z.infer<typeof jobKeeperSchema>;

export const jobParamsSchema = z.strictObject({ id: z.string().min(4).max(64) });
/** The end of the output of a job that the core started. */
export const jobOutputSchema = z.object({ id: z.string(), output: z.string() });
