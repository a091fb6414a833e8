import { z } from 'zod';

import { CHANGE_TYPES, PROFILES } from './vocabulary.ts';

/**
 * The only statement of what `config.yaml` may hold: shape, default, bounds and help text of every key.
 * Unknown keys are refused, so that a typing error is never silently ignored.
 */

export const projectIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'must be 1 to 63 lower-case letters, digits, ".", "_" or "-"')
  .describe('Name used in commands, on screen and in records.');

export const projectConfigSchema = z.strictObject({
  id: projectIdSchema,
  path: z.string().min(1).describe('Absolute path of the project folder.'),
  profile: z.enum(PROFILES).default('business').describe('Which scores and rules judge this project.'),
  report: z
    .string()
    .min(1)
    .default('.consciousness_report.json')
    .describe('Report file inside the project, relative to its folder.'),
  writeSnapshot: z
    .boolean()
    .default(false)
    .describe('Also write .orchestrator_report.json into this project on each tick.'),
  showInTray: z.boolean().default(true).describe('Whether this project decides the tray icon.'),
  defaultChange: z
    .enum(CHANGE_TYPES)
    .default('feature')
    .describe('The change type a gate asks about when none is given.'),
});
export type ProjectConfig = z.infer<typeof projectConfigSchema>;

const hostPort = z
  .string()
  .regex(/^[^\s:]+(:\d{1,5})?$/, 'must be HOST or HOST:PORT')
  .nullable();

export const energyConfigSchema = z.strictObject({
  alwaysOnMains: z
    .boolean()
    .default(false)
    .describe('This machine is always on mains: batteries are shown, never counted.'),
  ignoreSupplies: z
    .array(z.string().min(1))
    .default([])
    .describe('Names of power supplies that must not be counted, as `orch sense` shows them.'),
  feedingUps: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('Which UPS feeds this machine, e.g. "ups@127.0.0.1". Needed only when there are several.'),
  nut: hostPort.default(null).describe('Address of a NUT server (upsd), e.g. 127.0.0.1:3493.'),
  nutUser: z.string().min(1).nullable().default(null).describe('User of upsd.users; reading needs none.'),
  nutPasswordFile: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe("File with that user's password, readable by you alone."),
  apcupsd: hostPort.default(null).describe('Address of an apcupsd network server, e.g. 127.0.0.1:3551.'),
});
export type EnergyConfig = z.infer<typeof energyConfigSchema>;

export const networkConfigSchema = z.strictObject({
  probeUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null)
    .describe('Address asked to tell a captive portal from the Internet. Off when null: nothing is sent.'),
});

export const configSchema = z.strictObject({
  version: z.literal(1).default(1).describe('Version of this file.'),
  intervalSeconds: z
    .number()
    .int()
    .min(5)
    .max(600)
    .default(30)
    .describe('How often every project is judged.'),
  port: z
    .number()
    .int()
    .min(0)
    .max(65535)
    .default(7717)
    .describe('Port of the local endpoint on 127.0.0.1; 0 picks any free one.'),
  energy: energyConfigSchema.prefault({}).describe("What counts as this machine's power."),
  network: networkConfigSchema.prefault({}).describe('How reachability is judged.'),
  projects: z.array(projectConfigSchema).default([]).describe('The projects that are judged.'),
});
export type Config = z.infer<typeof configSchema>;
