import { z } from 'zod';

import { commandSchema } from './command.ts';
import { ROLLBACK_KINDS, ROLLBACK_MODES } from './vocabulary.ts';

/** A name that git, systemd or a container engine takes; never one that it could read as an option. */
const plainName = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.@:\\/-]{0,199}$/, 'must be a plain name, without blanks');

/** What is done when a deployment makes things worse (domain 1.5; docs/remediation.md). */
export const rollbackConfigSchema = z
  .strictObject({
    kind: z
      .enum(ROLLBACK_KINDS)
      .describe('git-revert pushes a revert of the deployed commit; command runs a command of yours.'),
    mode: z
      .enum(ROLLBACK_MODES)
      .default('ask')
      .describe('automatic acts, ask waits for a person, observe only records what it would have done.'),
    command: commandSchema
      .nullable()
      .default(null)
      .describe('For kind command. It is told ORCH_PROJECT, ORCH_COMMIT and ORCH_CAUSE.'),
    undo: commandSchema
      .nullable()
      .default(null)
      .describe('For kind command: what takes the rollback back. It has no undo when not set.'),
    remote: plainName.default('origin').describe('For git-revert: the remote that is pushed to.'),
    branch: plainName
      .nullable()
      .default(null)
      .describe('For git-revert: the branch of the remote. When not set, the one that holds the commit.'),
    verifyMinutes: z
      .number()
      .min(1)
      .max(1440)
      .default(15)
      .describe('How long errors and health checks may take to be well again before it counts as no help.'),
    deployedWithinHours: z
      .number()
      .min(1)
      .max(720)
      .default(24)
      .describe('A deployment older than this is never rolled back by itself: a person is asked.'),
  })
  .superRefine((rollback, context) => {
    if (rollback.kind === 'command' && rollback.command === null)
      context.addIssue({ code: 'custom', path: ['command'], message: 'is needed for kind command' });
  });
export type RollbackConfig = z.infer<typeof rollbackConfigSchema>;

const observeOnly = z.boolean().default(false).describe('Does nothing and records what it would have done.');

/** Work that was not started by the orchestrator, slowed while power is short. Each one has an undo. */
export const throttleConfigSchema = z.union([
  z.strictObject({
    command: commandSchema.describe('Slows the work.'),
    undo: commandSchema.describe('Lets it go on.'),
    observeOnly,
  }),
  z.strictObject({
    systemdUnit: plainName.describe('Unit whose share of the processor is limited, e.g. indexer.service.'),
    cpuQuotaPercent: z.number().min(1).max(10_000).default(20).describe('100 is one whole core.'),
    isUserUnit: z.boolean().default(true).describe("Of your own service manager, not the system's."),
    observeOnly,
  }),
  z.strictObject({
    container: plainName.describe('Container that is paused.'),
    engine: z.enum(['docker', 'podman']).default('docker').describe('Which program pauses it.'),
    observeOnly,
  }),
  z.strictObject({
    pidFile: z
      .string()
      .startsWith('/', 'must be an absolute path')
      .max(4096)
      .describe('File with the id of a process, which is stopped with all that it started.'),
    observeOnly,
  }),
]);
export type ThrottleConfig = z.infer<typeof throttleConfigSchema>;

export const safeguardStepSchema = z.union([
  z.strictObject({ command: commandSchema.describe('A hook of yours.') }),
  z.strictObject({
    builtIn: z
      .enum(['stop-jobs', 'flush-state'])
      .describe('stop-jobs ends every managed job; flush-state writes all that is in memory to the disk.'),
  }),
]);
export type SafeguardStep = z.infer<typeof safeguardStepSchema>;

/** What is done before the power is gone (domain 1.5). The machine itself is never powered off. */
export const safeguardsConfigSchema = z.strictObject({
  steps: z
    .array(safeguardStepSchema)
    .max(20)
    .default([])
    .describe('What is done at CRITICAL and when a UPS is low, in this order. Nothing when empty.'),
  cancelSeconds: z
    .number()
    .min(0)
    .max(600)
    .default(60)
    .describe('For so long it can be called off before the first step.'),
  observeOnly,
});
export type SafeguardsConfig = z.infer<typeof safeguardsConfigSchema>;
