import { z } from 'zod';

import { alertsConfigSchema } from './alerts-config.ts';
import { evidenceConfigSchema } from './evidence-config.ts';
import { githubConfigSchema } from './github-config.ts';
import { historyConfigSchema } from './history-config.ts';
import { metricsConfigSchema } from './metrics-config.ts';
import { jobsConfigSchema } from './jobs-config.ts';
import { checkProjectProfiles } from './profile-check.ts';
import { profilesConfigSchema } from './profile-config.ts';
import { rollbackConfigSchema, safeguardsConfigSchema, throttleConfigSchema } from './remediation-config.ts';
import { syncConfigSchema } from './sync-config.ts';
import { updatesConfigSchema } from './updates-config.ts';
import { retrainConfigSchema } from './retrain-config.ts';
import { scalerConfigSchema, scalingConfigSchema } from './scaling-config.ts';
import { CHANGE_TYPES } from './vocabulary.ts';

/**
 * The only statement of what `config.yaml` may hold: shape, default, bounds and help text of every key.
 * Unknown keys are refused, so that a typing error is never silently ignored.
 */

export const projectIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'must be 1 to 63 lower-case letters, digits, ".", "_" or "-"')
  .describe('Name used in commands, on screen and in records.');

/** A branch name, or one with `*` and `?`; nothing that a shell would read as more than text. */
const branchPattern = z
  .string()
  .regex(
    /^(?!-)[^\s\p{Cc}'"`\\$~^:[\]{}()|&;<>!#]{1,200}$/u,
    'must be a branch name; * stands for any letters, ? for one',
  );

export const projectConfigSchema = z.strictObject({
  id: projectIdSchema,
  path: z.string().min(1).describe('Absolute path of the project folder.'),
  profile: z
    .string()
    .min(1)
    .max(40)
    .default('business')
    .describe('Which scores and rules judge this project: business, ml, infrastructure or one of profiles.'),
  report: z
    .string()
    .min(1)
    .default('.consciousness_report.json')
    .describe('Report file inside the project, relative to its folder.'),
  writeSnapshot: z
    .boolean()
    .default(false)
    .describe('Also write .orchestrator_report.json into this project on each tick.'),
  runsOnGrid: z
    .boolean()
    .default(false)
    .describe('This project runs on the energy of energy.grid, which may then lower its level.'),
  showInTray: z.boolean().default(true).describe('Whether this project decides the tray icon.'),
  defaultChange: z
    .enum(CHANGE_TYPES)
    .default('feature')
    .describe('The change type a gate asks about when none is given.'),
  deployBranches: z
    .array(branchPattern)
    .default(['main', 'master'])
    .describe('Branches whose pushes the git hooks ask about, e.g. main or release/*.'),
  evidence: evidenceConfigSchema
    .prefault({})
    .describe('What scores are measured from where the report does not say.'),
  rollback: rollbackConfigSchema
    .nullable()
    .default(null)
    .describe('What is done when a deployment makes errors or health checks worse. Nothing when not set.'),
  throttle: z
    .array(throttleConfigSchema)
    .max(50)
    .default([])
    .describe('Work of other programs that is slowed while power is short, and let go on afterwards.'),
  github: githubConfigSchema
    .nullable()
    .default(null)
    .describe('Its repository on GitHub. Nothing is asked or sent when not set.'),
  retrain: retrainConfigSchema
    .nullable()
    .default(null)
    .describe('When its model is trained again. Never by itself when not set.'),
  scaling: scalingConfigSchema
    .nullable()
    .default(null)
    .describe('How many instances of it are wanted. Nothing is said or done when not set.'),
});
export type ProjectConfig = z.infer<typeof projectConfigSchema>;

const hostPort = z
  .string()
  .regex(/^[^\s:]+(:\d{1,5})?$/, 'must be HOST or HOST:PORT')
  .nullable();

/** An optional link of the supply chain that can only lower projects that say they run there (domain 1.1). */
export const gridConfigSchema = z
  .strictObject({
    source: z
      .enum(['electricity-maps', 'uk-carbon-intensity', 'json', 'prometheus'])
      .describe('Who is asked: a service known by name, any address that answers in JSON, or a Prometheus.'),
    label: z
      .string()
      .min(1)
      .max(60)
      .nullable()
      .default(null)
      .describe("How it is shown, e.g. 'DE grid'. The source's name when not set."),
    url: z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null)
      .describe('Address asked. Needed for json and prometheus; the named services know their own.'),
    zone: z
      .string()
      .regex(/^[A-Za-z0-9-]{2,24}$/, 'must be a zone such as DE or US-CAL-CISO')
      .nullable()
      .default(null)
      .describe('Zone of Electricity Maps, e.g. DE.'),
    query: z.string().min(1).nullable().default(null).describe('PromQL that gives one number.'),
    valuePath: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe('Where the number is in a json answer, parted by dots, e.g. data.0.intensity.actual.'),
    atPath: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe('Where the instant it was measured at is in a json answer. When received, if not set.'),
    unit: z.string().min(1).max(20).default('gCO2/kWh').describe('Unit of the number, for display.'),
    tokenHeader: z
      .string()
      .regex(/^[A-Za-z0-9-]+$/, 'must be the name of a header')
      .nullable()
      .default(null)
      .describe('Header that carries the token. auth-token for Electricity Maps, else Authorization.'),
    tokenFile: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe('File with the token (with its "Bearer " where one is wanted), readable by you alone.'),
    intervalMinutes: z.number().int().min(1).max(1440).default(15).describe('How often it is asked.'),
    keepMinutes: z
      .number()
      .int()
      .min(1)
      .max(2880)
      .default(180)
      .describe('How old a number may be before it counts as unknown and lowers nothing.'),
    worseWhen: z
      .enum(['higher', 'lower'])
      .default('higher')
      .describe('Which way is worse: higher for carbon intensity, lower for headroom.'),
    mediumAt: z.number().nullable().default(null).describe('From here on such projects are at most MEDIUM.'),
    lowAt: z.number().nullable().default(null).describe('From here on such projects are at most LOW.'),
  })
  .superRefine((grid, context) => {
    const needs: readonly (readonly [(typeof grid)['source'], 'url' | 'zone' | 'query' | 'valuePath'])[] = [
      ['electricity-maps', 'zone'],
      ['json', 'url'],
      ['json', 'valuePath'],
      ['prometheus', 'url'],
      ['prometheus', 'query'],
    ];
    for (const [source, key] of needs) {
      if (grid.source === source && grid[key] === null) {
        context.addIssue({ code: 'custom', path: [key], message: `is needed for ${source}` });
      }
    }
  });
export type GridConfig = z.infer<typeof gridConfigSchema>;

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
  nutCaFile: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'PEM of the authority that signed the NUT server. TLS is then required and its name is proven.',
    ),
  apcupsd: hostPort.default(null).describe('Address of an apcupsd network server, e.g. 127.0.0.1:3551.'),
  grid: gridConfigSchema
    .nullable()
    .default(null)
    .describe('Grid or data-centre energy. Off when not set: nothing is asked.'),
});
export type EnergyConfig = z.infer<typeof energyConfigSchema>;

export const networkConfigSchema = z.strictObject({
  probeUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null)
    .describe('Address asked to tell a captive portal from the Internet. Off when not set: nothing is sent.'),
  probeText: z
    .string()
    .min(1)
    .max(1000)
    .nullable()
    .default(null)
    .describe(
      'Text that the answer of probeUrl holds. When not set, 204 or anything but a web page will do.',
    ),
});

export const policyConfigSchema = z.strictObject({
  observeOnly: z
    .array(z.string().regex(/^[a-z0-9-]{1,60}$/, 'must be the code of a rule, such as energy-low'))
    .default([])
    .describe('Codes of rules that only report what they would have done.'),
});
export type PolicyConfig = z.infer<typeof policyConfigSchema>;

const configShape = z.strictObject({
  version: z.literal(1).default(1).describe('So far there is only version 1.'),
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
    .describe('Port of the local endpoint on 127.0.0.1; 0 picks any free one.')
    .meta({ restart: true }),
  energy: energyConfigSchema.prefault({}).describe("What counts as this machine's power."),
  network: networkConfigSchema.prefault({}).describe('How reachability is judged.'),
  metrics: metricsConfigSchema.prefault({}).describe('Numbers for Prometheus and OTLP.'),
  policy: policyConfigSchema.prefault({}).describe('How strictly the rules bind.'),
  alerts: alertsConfigSchema.prefault({}).describe('Notices: where they go and when they are silent.'),
  history: historyConfigSchema.prefault({}).describe('How long what was measured and done is kept.'),
  jobs: jobsConfigSchema.prefault({}).describe('Work that waits for power.'),
  sync: syncConfigSchema.prefault({}).describe('Mirrors elsewhere.'),
  updates: updatesConfigSchema.prefault({}).describe('Newer versions of the desktop app.'),
  safeguards: safeguardsConfigSchema
    .prefault({})
    .describe('What is done before the battery or a UPS is empty.'),
  scaler: scalerConfigSchema.prefault({}).describe('Who may read how many instances are wanted.'),
  profiles: profilesConfigSchema
    .default({})
    .describe('Scores and rules of your own, by the name projects use.'),
  projects: z.array(projectConfigSchema).default([]).describe('The projects that are judged.'),
});
export type Config = z.infer<typeof configShape>;
export const configSchema = configShape.superRefine(checkProjectProfiles);
