import { z } from 'zod';

import { openedIssue, type IssueEvent } from './issue.ts';

/** What of GitHub's events is of use here, whichever way they came. */
export type GitHubEvent =
  PushEvent | PullRequestEvent | DeploymentStatusEvent | CheckRunEvent | ProtectionRuleEvent | IssueEvent;

export interface PushedCommit {
  readonly sha: string;
  readonly message: string;
  /** Null where they are not known. */
  readonly paths: readonly string[] | null;
}

export interface PushEvent {
  readonly kind: 'push';
  readonly repository: string;
  readonly branch: string;
  /** Null when the branch was deleted. */
  readonly headSha: string | null;
  readonly commits: readonly PushedCommit[];
  /** False where GitHub left commits out of the list. */
  readonly isComplete: boolean;
}

export interface PullRequestEvent {
  readonly kind: 'pull-request';
  readonly repository: string;
  readonly number: number;
  /** For GraphQL. */
  readonly nodeId: string;
  readonly isOpen: boolean;
  readonly isDraft: boolean;
  /** From another repository than the one it goes to. */
  readonly isFork: boolean;
  readonly title: string;
  readonly body: string;
  readonly headSha: string;
  readonly headBranch: string;
  readonly baseBranch: string;
  readonly labels: readonly string[];
  readonly updatedAtMs: number;
}

export interface DeploymentStatusEvent {
  readonly kind: 'deployment-status';
  readonly repository: string;
  readonly deploymentId: number;
  readonly sha: string;
  readonly ref: string;
  readonly environment: string;
  readonly isTransient: boolean;
  readonly startedAtMs: number;
  /** Null while it runs or once it only became inactive. */
  readonly result: 'ok' | 'failed' | null;
  /** True when it was set aside, which says nothing of how it went. */
  readonly isInactive: boolean;
  readonly statusAtMs: number;
}

export interface CheckRunEvent {
  readonly kind: 'check-run';
  readonly repository: string;
  readonly action: string;
  readonly name: string;
  readonly sha: string;
  readonly branch: string | null;
  readonly externalId: string;
}

export interface ProtectionRuleEvent {
  readonly kind: 'protection-rule';
  readonly repository: string;
  readonly environment: string;
  readonly callbackUrl: string;
  readonly sha: string;
  readonly installationId: number | null;
}

const sha = z
  .string()
  .regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i)
  .toLowerCase();
const instantMs = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const repository = z.object({ full_name: z.string().max(200) });
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

const pushSchema = z.object({
  ref: z.string(),
  after: sha,
  deleted: z.boolean().default(false),
  size: z.number().optional(),
  commits: z
    .array(
      z.object({
        id: sha,
        message: z.string(),
        added: z.array(z.string()).optional(),
        removed: z.array(z.string()).optional(),
        modified: z.array(z.string()).optional(),
      }),
    )
    .default([]),
  repository,
});

/** As in the event, and as in the list of pull requests. */
export const pullRequestSchema = z.object({
  number: z.number().int(),
  node_id: z.string(),
  state: z.string(),
  draft: z.boolean().default(false),
  title: z.string(),
  body: text,
  updated_at: instantMs,
  labels: z.array(z.object({ name: z.string() })).default([]),
  head: z.object({ sha, ref: z.string(), repo: z.object({ full_name: z.string() }).nullish() }),
  base: z.object({ ref: z.string() }),
});

export const deploymentSchema = z.object({
  id: z.number().int(),
  sha,
  ref: text,
  environment: text,
  transient_environment: z.boolean().default(false),
  created_at: instantMs,
});
export const deploymentStatusSchema = z.object({ state: z.string(), created_at: instantMs });

const checkRunSchema = z.object({
  action: z.string(),
  check_run: z.object({
    name: z.string(),
    head_sha: sha,
    external_id: text,
    check_suite: z.object({ head_branch: z.string().nullish() }).nullish(),
  }),
  repository,
});

const protectionSchema = z.object({
  action: z.literal('requested'),
  environment: z.string(),
  deployment_callback_url: z.string(),
  deployment: z.object({ sha }),
  installation: z.object({ id: z.number().int() }).nullish(),
  repository,
});

/** GitHub lists at most so many commits in a push. */
const LISTED_COMMITS = 2048;
const BRANCH = 'refs/heads/';

type Read = (payload: unknown) => GitHubEvent | null;

const READERS: Readonly<Record<string, Read>> = {
  push(payload) {
    const push = pushSchema.parse(payload);
    if (!push.ref.startsWith(BRANCH)) return null;
    return {
      kind: 'push',
      repository: push.repository.full_name,
      branch: push.ref.slice(BRANCH.length),
      headSha: push.deleted ? null : push.after,
      commits: push.commits.map(({ id, message, added, removed, modified }) => ({
        sha: id,
        message,
        paths:
          added === undefined && removed === undefined && modified === undefined
            ? null
            : [...(added ?? []), ...(removed ?? []), ...(modified ?? [])],
      })),
      isComplete: push.commits.length < LISTED_COMMITS && push.commits.length >= (push.size ?? 0),
    };
  },
  pull_request(payload) {
    const read = z.object({ pull_request: pullRequestSchema, repository }).parse(payload);
    return pullRequestOf(read.pull_request, read.repository.full_name);
  },
  deployment_status(payload) {
    const read = z
      .object({ deployment: deploymentSchema, deployment_status: deploymentStatusSchema, repository })
      .parse(payload);
    return deploymentOf(read.deployment, read.deployment_status, read.repository.full_name);
  },
  check_run(payload) {
    const { action, check_run: run, repository: where } = checkRunSchema.parse(payload);
    return {
      kind: 'check-run',
      repository: where.full_name,
      action,
      name: run.name,
      sha: run.head_sha,
      branch: run.check_suite?.head_branch ?? null,
      externalId: run.external_id,
    };
  },
  issues: openedIssue,
  deployment_protection_rule(payload) {
    const read = protectionSchema.parse(payload);
    return {
      kind: 'protection-rule',
      repository: read.repository.full_name,
      environment: read.environment,
      callbackUrl: read.deployment_callback_url,
      sha: read.deployment.sha,
      installationId: read.installation?.id ?? null,
    };
  },
};

/**
 * Reads a webhook's payload. Null for events that are of no use here: unknown ones, tags.
 *
 * @throws ZodError when an event of a known name has not its shape
 */
export function readEvent(name: string, payload: unknown): GitHubEvent | null {
  return Object.hasOwn(READERS, name) ? (READERS[name]?.(payload) ?? null) : null;
}

export function pullRequestOf(
  pull: z.infer<typeof pullRequestSchema>,
  repositoryName: string,
): PullRequestEvent {
  const from = pull.head.repo?.full_name.toLowerCase() ?? null;
  return {
    kind: 'pull-request',
    repository: repositoryName,
    number: pull.number,
    nodeId: pull.node_id,
    isOpen: pull.state === 'open',
    isDraft: pull.draft,
    isFork: from !== repositoryName.toLowerCase(),
    title: pull.title,
    body: pull.body,
    headSha: pull.head.sha,
    headBranch: pull.head.ref,
    baseBranch: pull.base.ref,
    labels: pull.labels.map(({ name }) => name),
    updatedAtMs: pull.updated_at,
  };
}

export function deploymentOf(
  deployment: z.infer<typeof deploymentSchema>,
  { state, created_at: statusAtMs }: z.infer<typeof deploymentStatusSchema>,
  repositoryName: string,
): DeploymentStatusEvent {
  const isFailed = state === 'failure' || state === 'error';
  return {
    kind: 'deployment-status',
    repository: repositoryName,
    deploymentId: deployment.id,
    sha: deployment.sha,
    ref: deployment.ref,
    environment: deployment.environment,
    isTransient: deployment.transient_environment,
    startedAtMs: deployment.created_at,
    result: state === 'success' ? 'ok' : isFailed ? 'failed' : null,
    isInactive: state === 'inactive',
    statusAtMs,
  };
}
