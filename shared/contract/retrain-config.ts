import { z } from 'zod';

import { cronComplaint } from './cron-text.ts';
import { CHECKPOINT_SIGNALS, JOB_LEVELS } from './vocabulary.ts';

const argument = z
  .string()
  .max(10_000)
  .refine((value) => !value.includes('\0'), 'must not hold a NUL');

const schedule = z
  .string()
  .max(200)
  .superRefine((text, context) => {
    const complaint = cronComplaint(text);
    if (complaint !== null) context.addIssue({ code: 'custom', message: complaint });
  });

/** A model that is trained again and again (domain 1.5; docs/retraining.md). */
export const retrainConfigSchema = z.strictObject({
  schedule: schedule.describe('When a window opens, as cron says it in five fields: "0 3 * * *" is 3:00.'),
  timeZone: z
    .string()
    .max(60)
    .refine(isTimeZone, 'must be a time zone such as Europe/Berlin')
    .nullable()
    .default(null)
    .describe("Time zone of the schedule. This machine's own when not set."),
  command: z
    .array(argument)
    .min(1, 'must name a program')
    .max(100)
    .refine(([program]) => program?.trim() !== '', 'must name a program')
    .describe("Program and arguments, run in the project's folder: [python, train.py]."),
  minutes: z
    .number()
    .positive()
    .max(1440)
    .nullable()
    .default(null)
    .describe('How long it takes. On battery it then starts only when it will most likely end in time.'),
  timeLimitMinutes: z
    .number()
    .positive()
    .max(10_080)
    .default(720)
    .describe('A retraining that has run so long, pauses left out, is ended.'),
  level: z.enum(JOB_LEVELS).default('MEDIUM').describe('The least level it starts at.'),
  coolBelowC: z
    .number()
    .min(20)
    .max(120)
    .nullable()
    .default(null)
    .describe(
      'It starts only while the hottest sensor is below this. When not set, while cooling is NORMAL.',
    ),
  scores: z
    .enum(['fresh', 'amber', 'any'])
    .default('fresh')
    .describe("How fresh the project's scores must be: up to 15 minutes, up to an hour, or of any age."),
  checkpointSignal: z
    .enum(CHECKPOINT_SIGNALS)
    .default('auto')
    .describe('Signal it saves its work on before it is paused.'),
  observeOnly: z.boolean().default(false).describe('Starts nothing and records what it would have started.'),
});
export type RetrainConfig = z.infer<typeof retrainConfigSchema>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}
