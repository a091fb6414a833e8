import type { z } from 'zod';

import type { Clock } from '../../clock.ts';
import type { GitHubClient } from './client.ts';
import type { Credentials } from './credential.ts';
import { failureOf, type GitHubFailure } from './failure.ts';

/** Reads one part of a repository at a time, with the tag of the last answer. */
export interface PartReader {
  /**
   * What is new at a part ("/pulls"; "" is the repository itself); null when nothing is, or when it is closed to this
   * token. Without `isTagged` it is read whole.
   *
   * @throws ReadFailed when nothing else can be read either
   */
  read<T>(
    part: string,
    schema: z.ZodType<T>,
    parameters?: Readonly<Record<string, unknown>>,
    isTagged?: boolean,
  ): Promise<T | null>;
  /** Which parts the token may not read, in a sentence; null when there are none. */
  remark(): string | null;
  /** What was read was not kept: all of it is read again. */
  forgetTags(): void;
  /** Another token may read what the last one could not. */
  reopen(): void;
}

/** Ends a round of reading. */
export class ReadFailed extends Error {
  override readonly name = 'ReadFailed';
  readonly failure: GitHubFailure;

  constructor(failure: GitHubFailure) {
    super(failure.why);
    this.failure = failure;
  }
}

/** A part that is not there or not allowed is asked for again after that. */
const CLOSED_MS = 60 * 60_000;
const MOST_TAGS = 500;
const CLOSING: readonly GitHubFailure['kind'][] = ['forbidden', 'not-found', 'invalid'];

export function createPartReader(
  clock: Clock,
  repository: string,
  client: GitHubClient,
  credentials: Credentials,
): PartReader {
  const [owner, repo] = repository.split('/');
  const etags = new Map<string, string>();
  const closed = new Map<string, { readonly untilMs: number; readonly isSaid: boolean }>();
  const openAgain = (): void => {
    for (const [part, { untilMs }] of closed) if (untilMs <= clock.monotonicMs()) closed.delete(part);
  };

  return {
    forgetTags: () => etags.clear(),
    reopen: () => closed.clear(),
    remark() {
      const shut = [...closed].filter(([, { isSaid }]) => isSaid).map(([part]) => part.slice(1));
      return shut.length === 0 ? null : `GitHub does not let this token read ${shut.join(', ')}`;
    },
    async read(part, schema, parameters = {}, isTagged = true) {
      openAgain();
      if (closed.has(part)) return null;
      const credential = await credentials.get();
      if (credential.kind === 'failed') throw new ReadFailed(credential.failure);
      const tag = `${part} ${JSON.stringify(parameters)}`;
      const answer = await client.ask({
        route: `GET /repos/{owner}/{repo}${part}`,
        parameters: { owner, repo, ...parameters },
        etag: isTagged ? (etags.get(tag) ?? null) : null,
        authorization: credential.authorization,
      });
      if (answer.kind === 'unchanged') return null;
      if (answer.kind === 'failed') {
        const { kind } = answer.failure;
        if (kind === 'credential') credentials.forget();
        if (part === '' || !CLOSING.includes(kind)) throw new ReadFailed(answer.failure);
        closed.set(part, { untilMs: clock.monotonicMs() + CLOSED_MS, isSaid: kind === 'forbidden' });
        return null;
      }
      const value = schema.safeParse(answer.data);
      if (!value.success) {
        throw new ReadFailed(failureOf('odd', 'something else than GitHub answered: see github.apiUrl'));
      }
      if (isTagged && answer.etag !== null) {
        // Every deployment has one of its own: what is forgotten is read whole once more.
        if (etags.size >= MOST_TAGS) etags.clear();
        etags.set(tag, answer.etag);
      }
      return value.data;
    },
  };
}
