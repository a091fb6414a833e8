import { z } from 'zod';

const absolutePath = z
  .string()
  .max(1000)
  .regex(/^(?:\/|[A-Za-z]:[\\/])[^\p{Cc}]+$/u, 'must be an absolute path');

/** https anywhere; without TLS only on this machine. No name or password before the host. */
const API_URL =
  /^(?:https:\/\/[^\s@/?#]+|http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?)(?:\/[^\s@?#]*)?$/i;

const appSchema = z.strictObject({
  appId: z.number().int().min(1).describe('The number of the GitHub App, from its settings page.'),
  privateKeyFile: absolutePath.describe('Its private key (PEM), readable by you alone.'),
  installationId: z
    .number()
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('Which installation of the App. Looked up by the repository when not set.'),
});

const pollSchema = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .describe('Ask GitHub what is new. Needed where its webhooks cannot reach this machine.'),
  intervalSeconds: z.number().int().min(30).max(3600).default(60).describe('How often it is asked.'),
});

const githubShape = z.strictObject({
  repository: z
    .string()
    .regex(
      /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/,
      'must be owner/name, as in the address of the repository',
    )
    .describe('The repository of this project: owner/name.'),
  apiUrl: z
    .url()
    .regex(API_URL, 'must begin with https:// (http:// only for this machine) and hold no password')
    .default('https://api.github.com')
    .describe('Address of the API; https://HOST/api/v3 for GitHub Enterprise Server.'),
  tokenFile: absolutePath
    .nullable()
    .default(null)
    .describe(
      'File with a token, readable by you alone. When not set, secrets/github-token in the state folder.',
    ),
  app: appSchema
    .nullable()
    .default(null)
    .describe('A GitHub App to act as, in place of a token: check runs and deployment protection need one.'),
  environments: z
    .array(z.string().min(1).max(255))
    .max(50)
    .nullable()
    .default(null)
    .describe('Environments whose deployments are recorded. When not set, all but the transient ones.'),
  commitStatus: z
    .boolean()
    .default(false)
    .describe('Tell GitHub the verdict as the commit status orchestrator/deploy-gate.'),
  checkRuns: z.boolean().default(false).describe('Tell the verdict as a check run too. Needs app.'),
  deploymentProtection: z
    .boolean()
    .default(false)
    .describe('Answer deployments that wait for this App as their protection rule. Needs app.'),
  autoMerge: z
    .boolean()
    .default(false)
    .describe(
      "Switch GitHub's auto-merge on for pull requests whose verdict is allow, off again when it is not.",
    ),
  autoMergeLabel: z
    .string()
    .min(1)
    .max(50)
    .nullable()
    .default(null)
    .describe(
      'Only pull requests with this label. All into deployBranches, from the same repository, when not set.',
    ),
  mergeMethod: z.enum(['merge', 'squash', 'rebase']).default('squash').describe('How auto-merge merges.'),
  poll: pollSchema.prefault({}).describe('Asking GitHub what is new.'),
});

/** A project's repository on GitHub. Nothing is asked or sent where it is null. */
export const githubConfigSchema = githubShape.superRefine((github, context) => {
  if (github.app !== null) return;
  for (const key of ['checkRuns', 'deploymentProtection'] as const) {
    if (github[key]) context.addIssue({ code: 'custom', path: [key], message: 'needs app' });
  }
});
export type GitHubConfig = z.infer<typeof githubConfigSchema>;
