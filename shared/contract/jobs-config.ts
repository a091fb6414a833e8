import { z } from 'zod';

/** How managed jobs are held back and let go (domain 1.5; docs/jobs.md). */
export const jobsConfigSchema = z.strictObject({
  checkpointSeconds: z
    .number()
    .min(0)
    .max(600)
    .default(60)
    .describe('At LOW: time between the checkpoint signal and the pause. At CRITICAL there is none.'),
  resumeSeconds: z
    .number()
    .min(0)
    .max(3600)
    .default(120)
    .describe('Paused jobs go on after so long at MEDIUM or better; on external power at once.'),
  killSeconds: z
    .number()
    .min(0)
    .max(600)
    .default(10)
    .describe('A cancelled job has so long after SIGTERM; then it is killed.'),
  ageingMinutes: z
    .number()
    .min(1)
    .max(1440)
    .default(10)
    .describe('Waiting so long is worth one step of priority, so that no job waits for ever.'),
  finishPercent: z
    .number()
    .min(1)
    .max(99)
    .default(80)
    .describe('A job that says how long it takes starts when it ends above 20 % with this chance or better.'),
  endedCount: z
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(200)
    .describe('How many jobs that are over are kept.'),
  observeOnly: z
    .boolean()
    .default(false)
    .describe('Jobs start at once and are never paused; what would have been done is recorded.'),
  acceptCommands: z
    .boolean()
    .default(true)
    .describe('Whether the endpoint takes jobs that the core itself starts (POST /v1/jobs).'),
});
export type JobsConfig = z.infer<typeof jobsConfigSchema>;
