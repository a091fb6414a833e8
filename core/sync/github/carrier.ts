import type { Clock } from '../../clock.ts';
import type { Carrier, Delivery } from '../message.ts';
import { createRequestLimits } from '../request-limits.ts';
import type { OutboxStore } from '../outbox-store.ts';
import { unreadableBody } from '../unreadable-body.ts';
import { autoMergeRefusal, isOffAlready } from './auto-merge-refusal.ts';
import { bodySchema, destinationOf, type GitHubBody } from './acts.ts';
import type { Answered, GitHubClient } from './client.ts';
import type { Credentials } from './credential.ts';
import { GATE_CONTEXT } from './event-book.ts';
import type { GitHubFailure } from './failure.ts';

export interface GitHubCarrierParts {
  readonly clock: Clock;
  readonly repository: string;
  readonly client: GitHubClient;
  readonly credentials: Credentials;
  readonly store: Pick<OutboxStore, 'value' | 'setValue'>;
  readonly isEnabled: () => boolean;
}

/** GitHub asks for at most 80 requests a minute that make something; other tools of the person make some too. */
const PER_MINUTE = 30;
/** A verdict that comes and goes is told once a minute at most. */
const STATE_GAP_MS = 60_000;

const ENABLE = `mutation($pullRequestId: ID!, $expectedHeadOid: GitObjectID!, $mergeMethod: PullRequestMergeMethod!) {
  enablePullRequestAutoMerge(input: {pullRequestId: $pullRequestId, expectedHeadOid: $expectedHeadOid, mergeMethod: $mergeMethod}) {
    clientMutationId
  }
}`;
const DISABLE = `mutation($pullRequestId: ID!) {
  disablePullRequestAutoMerge(input: {pullRequestId: $pullRequestId}) { clientMutationId }
}`;

/** Brings verdicts to one repository. */
export function createGitHubCarrier(parts: GitHubCarrierParts): Carrier {
  const { client, credentials } = parts;
  const [owner = '', repo = ''] = parts.repository.split('/');
  const destination = destinationOf(parts.repository);
  const limits = createRequestLimits(parts.clock, parts.store, destination, () => [
    { count: PER_MINUTE, windowMs: 60_000 },
  ]);

  const ask = async (body: GitHubBody, authorization: string): Promise<Answered> => {
    const at = { owner, repo };
    switch (body.act) {
      case 'status':
        return client.ask({
          route: 'POST /repos/{owner}/{repo}/statuses/{sha}',
          parameters: {
            ...at,
            sha: body.sha,
            state: body.state,
            description: body.description,
            context: GATE_CONTEXT,
          },
          authorization,
        });
      case 'check-run':
        return client.ask({
          route: 'POST /repos/{owner}/{repo}/check-runs',
          parameters: {
            ...at,
            name: GATE_CONTEXT,
            head_sha: body.sha,
            status: 'completed',
            conclusion: body.conclusion,
            output: { title: body.title, summary: body.summary },
          },
          authorization,
        });
      case 'protection':
        return client.ask({
          route: 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/deployment_protection_rule',
          parameters: {
            ...at,
            run_id: body.runId,
            environment_name: body.environment,
            ...(body.state === null ? {} : { state: body.state }),
            comment: body.comment,
          },
          authorization,
        });
      case 'auto-merge':
        return body.isOn
          ? client.graphql(
              ENABLE,
              { pullRequestId: body.nodeId, expectedHeadOid: body.sha, mergeMethod: body.method },
              authorization,
            )
          : client.graphql(DISABLE, { pullRequestId: body.nodeId }, authorization);
    }
  };

  return {
    destination,
    isEnabled: parts.isEnabled,
    take: () => limits.take('write'),
    keyGapMs: () => STATE_GAP_MS,
    unreadable: ({ body }) => unreadableBody(bodySchema, body),
    async send(message): Promise<Delivery> {
      const body = bodySchema.parse(message.body);
      const credential = await credentials.get();
      if (credential.kind === 'failed') return deliveryOf(credential.failure, body);
      const answer = await ask(body, credential.authorization);
      if (answer.kind !== 'failed') return { kind: 'delivered', answer: wordOf(body) };
      const { kind, why } = answer.failure;
      if (body.act === 'auto-merge' && kind === 'invalid') {
        if (!body.isOn && isOffAlready(why)) return { kind: 'delivered', answer: 'off already' };
        return { kind: 'refused', why: autoMergeRefusal(why) ?? why };
      }
      if (answer.failure.kind === 'credential') credentials.forget();
      return deliveryOf(answer.failure, body);
    },
  };
}

function deliveryOf({ kind, why, afterMs }: GitHubFailure, body: GitHubBody): Delivery {
  switch (kind) {
    case 'credential':
      return { kind: 'stop', why };
    case 'forbidden':
      // Another permission may be there for another act; this one is asked again when the verdict changes.
      return { kind: 'refused', why: `${why}: ${permissionOf(body)}` };
    case 'not-found':
    case 'invalid':
      return { kind: 'refused', why };
    case 'rate':
    case 'unreached':
    case 'tls':
    case 'odd':
      return { kind: 'later', why, afterMs, holds: 'all' };
    case 'server':
      return { kind: 'later', why, afterMs, holds: 'all' };
    case 'cut-off':
      return { kind: 'unsure', why };
  }
}

function permissionOf({ act }: GitHubBody): string {
  switch (act) {
    case 'status':
      return 'commit statuses, read and write';
    case 'check-run':
      return 'checks, read and write';
    case 'protection':
      return 'deployments, read and write';
    case 'auto-merge':
      return 'pull requests and contents, read and write';
  }
}

function wordOf(body: GitHubBody): string {
  switch (body.act) {
    case 'status':
      return body.state;
    case 'check-run':
      return body.conclusion;
    case 'protection':
      return body.state ?? 'commented';
    case 'auto-merge':
      return body.isOn ? 'on' : 'off';
  }
}
