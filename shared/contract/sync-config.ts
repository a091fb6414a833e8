import { z } from 'zod';

import { MANUS_TASK_PATTERN } from './vocabulary.ts';

const taskId = z.string().regex(MANUS_TASK_PATTERN, "must be a task's id: 22 letters and digits");

/** https anywhere; without TLS only on this machine. No name or password before the host. */
const SAFE_URL =
  /^(?:https:\/\/[^\s@/?#]+|http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?)(?:[/?#][^\s@]*)?$/i;
const safeUrl = z
  .url()
  .regex(SAFE_URL, 'must begin with https:// (http:// only for this machine) and hold no password');

export const manusConfigSchema = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe('Read tasks back from Manus and mirror to it. Nothing is sent while this is off.'),
  baseUrl: safeUrl.default('https://api.manus.ai').describe('Address of the Manus API.'),
  keyFile: z
    .string()
    .max(1000)
    .regex(/^(?:\/|[A-Za-z]:[\\/])[^\p{Cc}]+$/u, 'must be an absolute path')
    .nullable()
    .default(null)
    .describe(
      'File with the API key, readable by you alone. When not set, secrets/manus-key in the state folder.',
    ),
  pushState: z
    .boolean()
    .default(true)
    .describe("Keep the title of each project's status-board task up to date; starts no agent run."),
  boards: z
    .record(z.string(), taskId)
    .default({})
    .describe('Status-board task of a project, by project, where you made one yourself.'),
  createBoards: z
    .boolean()
    .default(false)
    .describe('Create the missing status-board tasks. Each costs one paid agent run, once.'),
  pushTaskStatus: z
    .boolean()
    .default(false)
    .describe('Put our status of a linked task before its title, such as "[deployed]".'),
  createFromCommits: z
    .boolean()
    .default(false)
    .describe('Create a task for a commit that says "Manus-Task: new". Each is a paid agent run.'),
  createFromIssues: z
    .boolean()
    .default(false)
    .describe('Create a task for each new issue that is told to us. Each is a paid agent run.'),
  dailyTaskBudget: z
    .number()
    .int()
    .min(0)
    .max(100)
    .default(5)
    .describe('At most so many tasks are created within 24 hours, boards included; the rest wait.'),
  manusProject: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be the id of a project of Manus')
    .nullable()
    .default(null)
    .describe('Project of Manus in which tasks are created.'),
  agentProfile: z
    .string()
    .regex(/^[a-z0-9.-]{1,40}$/, 'must be the name of an agent profile, such as lite')
    .nullable()
    .default(null)
    .describe('Agent profile of created tasks. Null takes the default of Manus.'),
  pollSeconds: z.number().int().min(30).max(3600).default(60).describe('How often tasks are read back.'),
  webhookUrl: z
    .url({ protocol: /^https$/ })
    .nullable()
    .default(null)
    .describe(
      'Address registered at Manus whose calls a relay hands on to us, exactly as registered: its signature covers it. Off when not set.',
    ),
});
export type ManusConfig = z.infer<typeof manusConfigSchema>;

export const syncConfigSchema = z.strictObject({
  manus: manusConfigSchema.prefault({}).describe('Manus, as a mirror of what is decided here.'),
});
export type SyncConfig = z.infer<typeof syncConfigSchema>;
