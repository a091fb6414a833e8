import type { Octokit } from '@octokit/core';

import type { Clock } from '../../clock.ts';
import {
  answerFailure,
  failureOf,
  refusedFailure,
  resetWaitMs,
  thrownFailure,
  type GitHubFailure,
} from './failure.ts';

export type Answered =
  | {
      readonly kind: 'ok';
      readonly data: unknown;
      /** To ask again with; null when GitHub gave none. */
      readonly etag: string | null;
    }
  /** Nothing new since the tag; counts against no limit. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'failed'; readonly failure: GitHubFailure };

export interface Asked {
  /** As octokit has them: "GET /repos/{owner}/{repo}/pulls". */
  readonly route: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly etag?: string | null;
  /** Whole Authorization header. */
  readonly authorization: string;
}

/** Speaks to one GitHub. Never rejects; after GitHub asked to wait, nothing is sent until that time is over. */
export interface GitHubClient {
  ask(asked: Asked): Promise<Answered>;
  graphql(
    query: string,
    variables: Readonly<Record<string, unknown>>,
    authorization: string,
  ): Promise<Answered>;
  /** Milliseconds until something may be asked again; 0 when it may now. */
  heldMs(): number;
  /** Ends what is on its way. */
  close(): void;
}

export interface GitHubClientParts {
  readonly clock: Clock;
  readonly apiUrl: string;
  readonly version: string;
}

export const GITHUB_LIMIT_MS = 10_000;

export function createGitHubClient({ clock, apiUrl, version }: GitHubClientParts): GitHubClient {
  let loading: Promise<Octokit> | null = null;
  const underWay = new Set<AbortController>();
  let heldUntilMs = 0;
  // Loaded when it is first needed: most machines never are told of a repository.
  const octokit = async (): Promise<Octokit> =>
    (loading ??= import('@octokit/core').then(
      ({ Octokit: Client }) =>
        new Client({
          baseUrl: apiUrl.replace(/\/+$/, ''),
          userAgent: `meta-orchestrator/${version}`,
          log: SILENT,
        }),
    ));

  const hold = (ms: number | null): void => {
    if (ms !== null) heldUntilMs = Math.max(heldUntilMs, clock.monotonicMs() + Math.min(ms, LONGEST_HOLD_MS));
  };
  const heldMs = (): number => Math.max(0, heldUntilMs - clock.monotonicMs());

  const within = async (
    act: (client: Octokit, signal: AbortSignal) => Promise<Answered>,
  ): Promise<Answered> => {
    if (heldMs() > 0) {
      return { kind: 'failed', failure: failureOf('rate', 'GitHub asked to wait', heldMs()) };
    }
    const abort = new AbortController();
    underWay.add(abort);
    let isLate = false;
    const cancel = clock.after(GITHUB_LIMIT_MS, () => {
      isLate = true;
      abort.abort();
    });
    try {
      return await act(await octokit(), abort.signal);
    } catch (error) {
      const { status, response } = error as { status?: unknown; response?: ResponseLike };
      if (response === undefined)
        return { kind: 'failed', failure: thrownFailure(error, isLate, GITHUB_LIMIT_MS) };
      if (status === 304) return { kind: 'unchanged' };
      const message = messageOf(response.data);
      const failure = answerFailure(Number(status), response.headers, message, clock.wallMs());
      if (failure.kind === 'rate') hold(failure.afterMs);
      return { kind: 'failed', failure };
    } finally {
      underWay.delete(abort);
      cancel();
    }
  };

  return {
    heldMs,
    close: () => underWay.forEach((abort) => abort.abort()),
    ask: async ({ route, parameters, etag, authorization }) =>
      within(async (client, signal) => {
        const headers = { authorization, ...(etag ? { 'if-none-match': etag } : {}) };
        const answer = await client.request(route, { ...parameters, headers, request: { signal } });
        hold(resetWaitMs(answer.headers, clock.wallMs()));
        return { kind: 'ok', data: answer.data as unknown, etag: answer.headers.etag ?? null };
      }),
    graphql: async (query, variables, authorization) =>
      within(async (client, signal) => {
        try {
          const headers = { authorization };
          const data: unknown = await client.graphql(query, { ...variables, headers, request: { signal } });
          return { kind: 'ok', data, etag: null };
        } catch (error) {
          // An answer of 200 that says no.
          const { errors } = error as {
            errors?: readonly { readonly message?: unknown; readonly type?: unknown }[];
          };
          if (!Array.isArray(errors)) throw error;
          const first = errors[0] as { readonly message?: unknown; readonly type?: unknown } | undefined;
          if (first?.type === 'RATE_LIMITED') {
            hold(RATE_HOLD_MS);
            const why = 'GitHub asks to wait: its request limit is used up';
            return { kind: 'failed', failure: failureOf('rate', why, RATE_HOLD_MS) };
          }
          const message = typeof first?.message === 'string' ? first.message : '';
          return {
            kind: 'failed',
            failure: refusedFailure(typeof first?.type === 'string' ? first.type : '', message),
          };
        }
      }),
  };
}

interface ResponseLike {
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data?: unknown;
}

const RATE_HOLD_MS = 5 * 60_000;
/** What GitHub asks for is obeyed up to an hour, as everybody's is (6-reliability, 53). */
const LONGEST_HOLD_MS = 60 * 60_000;
const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

function messageOf(data: unknown): string {
  const { message } = (data ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : '';
}
