import { z } from 'zod';

const variableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, 'must be the name of a variable, e.g. KUBECONFIG');
const text = z
  .string()
  .max(10_000)
  .refine((value) => !value.includes('\0'), 'must not hold a NUL');

/** A command of the person's own settings. How it is run, and how it can end: docs/jobs.md, "Commands". */
export const commandSchema = z.strictObject({
  run: z
    .array(text)
    .min(1, 'must name a program')
    .max(100)
    .refine(([program]) => program?.trim() !== '', 'must name a program')
    .describe('Program and arguments, each an item of its own: [kubectl, rollout, undo, deploy/shop].'),
  shell: z
    .boolean()
    .default(false)
    .describe('The first item of run is a line for /bin/sh; the others are its $1, $2 and so on.'),
  folder: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe("Absolute working folder. The project's own, else the home folder, when not set."),
  environment: z
    .record(variableName, text)
    .default({})
    .describe('Variables it is given, besides PATH, HOME and the like.'),
  passEnvironment: z
    .array(variableName)
    .max(50)
    .default([])
    .describe("Names of variables taken over from the core's own environment."),
  secretEnvironment: z
    .array(variableName)
    .max(50)
    .default([])
    .describe('As passEnvironment; their values are masked wherever output is kept.'),
  secretFiles: z
    .record(variableName, z.string().min(1))
    .default({})
    .describe('Variables whose value is read from a file, e.g. GH_TOKEN: /home/ann/.gh-token. Masked too.'),
  timeoutSeconds: z
    .number()
    .positive()
    .max(3600)
    .default(60)
    .describe('After so long it is ended, with every process it started.'),
});
export type CommandConfig = z.infer<typeof commandSchema>;

/** How a run of a command can end. */
export const RUN_OUTCOMES = [
  'ok',
  'failed',
  'signal',
  'timeout',
  'cancelled',
  'not-found',
  'not-executable',
  'observed',
  'refused',
  'busy',
] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];
