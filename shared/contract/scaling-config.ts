import { z } from 'zod';

import { commandSchema } from './command.ts';
import { RANKED_LEVELS, OPERATING_MODES } from './vocabulary.ts';

const share = z.number().min(0).max(100);

/** A name as Kubernetes takes it. */
const kubernetesName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'must be a name in lower case, as Kubernetes has it');

const absolutePath = z.string().max(4096).startsWith('/', 'must be an absolute path');

/** Shares of the way from min to max, in percent. What a table leaves out keeps its default. */
export const scalingTargetsSchema = z.strictObject({
  levels: z
    .partialRecord(z.enum(RANKED_LEVELS), share)
    .default({})
    .describe('Share by level. Where left out: FULL 100, HIGH 75, MEDIUM 50, LOW 0, CRITICAL 0.'),
  modes: z
    .partialRecord(z.enum(OPERATING_MODES), share)
    .default({})
    .describe(
      'Most by operating mode. Where left out: EFFICIENT 75, DEGRADED 50, ONLY_FIXES, DISABLED and FROZEN 0, others 100.',
    ),
  load: z
    .array(
      z.strictObject({
        fromPercent: z.number().min(1).max(100).describe('From this load on.'),
        sharePercent: share.describe('Most from there on.'),
      }),
    )
    .max(10)
    .default([
      { fromPercent: 80, sharePercent: 50 },
      { fromPercent: 95, sharePercent: 0 },
    ])
    .describe('Most by load. Below the first row load limits nothing.'),
});

const executorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pull') }).describe('Others read GET /v1/scaling/PROJECT, as KEDA does.'),
  z
    .strictObject({
      kind: z.literal('command'),
      command: commandSchema.describe(
        'Sets the number. It is told ORCH_PROJECT, ORCH_DESIRED, ORCH_BEFORE (empty when unknown) and ORCH_CAUSE.',
      ),
    })
    .describe('A command of yours.'),
  z
    .strictObject({
      kind: z.literal('kubernetes'),
      namespace: kubernetesName.default('default').describe('Namespace of the deployment.'),
      deployment: kubernetesName.describe('Name of the deployment.'),
      kubeconfig: absolutePath
        .nullable()
        .default(null)
        .describe('Its kubeconfig. KUBECONFIG, else ~/.kube/config, when not set.'),
      context: z
        .string()
        .min(1)
        .max(253)
        .nullable()
        .default(null)
        .describe("Context of the kubeconfig. The file's current one when not set."),
    })
    .describe('The scale subresource of a deployment.'),
]);
export type ScalingExecutor = z.infer<typeof executorSchema>;

/** How many instances of a project run (domain 1.5; docs/scaling.md). */
export const scalingConfigSchema = z
  .strictObject({
    min: z.number().int().min(0).max(1000).default(1).describe('Never fewer. 0 only where that is wanted.'),
    max: z.number().int().min(1).max(1000).describe('Never more.'),
    targets: scalingTargetsSchema.prefault({}).describe('Which share of max is wanted when.'),
    hysteresis: z
      .strictObject({
        loadPercent: z
          .number()
          .min(0)
          .max(50)
          .default(5)
          .describe('Load must fall so far below the start of a row to leave it.'),
        settleSeconds: z
          .number()
          .min(0)
          .max(3600)
          .default(60)
          .describe('Another number must be wanted for so long before anything changes.'),
      })
      .prefault({})
      .describe('What keeps it from going to and fro.'),
    coolDownSeconds: z.number().min(0).max(86_400).default(300).describe('Least time between two changes.'),
    executor: executorSchema.default({ kind: 'pull' }).describe('Who sets the number.'),
    mode: z
      .enum(['dry-run', 'live'])
      .default('dry-run')
      .describe('dry-run sets nothing and records what it would have set.'),
  })
  .superRefine((scaling, context) => {
    if (scaling.min > scaling.max)
      context.addIssue({ code: 'custom', path: ['min'], message: `must be ${scaling.max} (max) or less` });
  });
export type ScalingConfig = z.infer<typeof scalingConfigSchema>;

/** The part that is not of one project. */
export const scalerConfigSchema = z.strictObject({
  tokenFile: z
    .string()
    .max(1000)
    .regex(/^(?:\/|[A-Za-z]:[\\/])[^\p{Cc}]+$/u, 'must be an absolute path')
    .nullable()
    .default(null)
    .describe('File with a token that opens GET /v1/scaling alone and stays the same; made when missing.'),
});
