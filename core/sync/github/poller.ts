import { z } from 'zod';

import type { ChangeType } from '../../../shared/contract/vocabulary.ts';
import { classifyChange } from '../../../shared/policy/classify-change.ts';
import { backOffMs } from '../../../shared/sync/back-off.ts';
import type { Clock } from '../../clock.ts';
import type { CommitReader } from '../../projects/commit-message.ts';
import type { SideNote } from '../courier.ts';
import type { Answered, GitHubClient } from './client.ts';
import type { Credentials } from './credential.ts';
import {
  deploymentOf,
  deploymentSchema,
  deploymentStatusSchema,
  pullRequestOf,
  pullRequestSchema,
  type GitHubEvent,
} from './event.ts';
import { failureOf, type GitHubFailure } from './failure.ts';
import type { Head, HeadStore } from './heads.ts';

export interface PollerParts {
  readonly clock: Clock;
  readonly chance: () => number;
  readonly repository: string;
  readonly client: GitHubClient;
  readonly credentials: Credentials;
  readonly heads: HeadStore;
  readonly reader: CommitReader;
  /** In a transaction of its own. */
  readonly take: (event: GitHubEvent) => void;
  readonly within: (act: () => void) => void;
  /** Null while it is switched off; what webhooks told is completed all the same. */
  readonly intervalMs: () => number | null;
  readonly note: (outcome: SideNote) => void;
  readonly onHeads: () => void;
  readonly onFault: (error: unknown) => void;
}

/** Asks GitHub what is new, for machines that its webhooks cannot reach, and what its webhooks leave out. */
export interface Poller {
  start(): void;
  stop(): void;
  /** Something is to be completed now. */
  wake(): void;
  /** Whatever held it may be over. */
  retry(): void;
  /** What keeps it from asking; null when nothing does. */
  problem(): { readonly why: string; readonly isStopped: boolean } | null;
  nextAtMs(): number | null;
}

const DAY_MS = 24 * 60 * 60_000;
/** Stability looks back so far; what is older need not be asked about. */
const DEPLOYMENTS_MS = 7 * DAY_MS;
/** A person has to mend it. */
const STOPPED_WAIT_MS = 60 * 60_000;
const LONGEST_WAIT_MS = 30 * 60_000;
const WAKE_MS = 1000;
const LISTED_PULLS = 100;
const FILE_PAGES = 3;
const MOST_HEADS_A_ROUND = 20;
const MOST_DEPLOYMENTS_A_ROUND = 10;

const repositorySchema = z.object({ default_branch: z.string() });
const commitsSchema = z.array(z.object({ sha: z.string(), commit: z.object({ message: z.string() }) }));
const filesSchema = z.array(z.object({ filename: z.string(), previous_filename: z.string().optional() }));
const commitFilesSchema = z.object({ files: filesSchema.default([]) });

/** Ends a round. */
class Failed extends Error {
  readonly failure: GitHubFailure;
  constructor(failure: GitHubFailure) {
    super(failure.why);
    this.failure = failure;
  }
}

export function createPoller(parts: PollerParts): Poller {
  const { clock, client, credentials, heads, repository } = parts;
  const [owner, repo] = repository.split('/');
  const etags = new Map<string, string>();
  /** Parts that this token may not read, and since when that is not asked again. */
  const closed = new Map<string, { readonly untilMs: number; readonly isSaid: boolean }>();
  let open: z.infer<typeof deploymentSchema>[] = [];
  let branch: string | null = null;
  let failuresCount = 0;
  let problem: { readonly why: string; readonly isStopped: boolean } | null = null;
  let isStarted = false;
  let isBusy = false;
  let isWoken = false;
  let fullAtMs = 0;
  let heldUntilMs = 0;
  let cancel: (() => void) | null = null;
  let nextAtMs: number | null = null;

  /** Parts that are closed keep nothing else from being read. */
  const remarkOf = (): string | null => {
    const shut = [...closed].filter(([, { untilMs, isSaid }]) => isSaid && untilMs > clock.monotonicMs());
    return shut.length === 0
      ? null
      : `GitHub does not let this token read ${shut.map(([part]) => part.slice(1)).join(', ')}`;
  };

  /** What is new at a part of the repository; null when nothing is, or when it is closed to this token. */
  const read = async <T>(
    part: string,
    schema: z.ZodType<T>,
    parameters: Readonly<Record<string, unknown>> = {},
  ): Promise<T | null> => {
    if ((closed.get(part)?.untilMs ?? 0) > clock.monotonicMs()) return null;
    const credential = await credentials.get();
    if (credential.kind === 'failed') throw new Failed(credential.failure);
    const tag = `${part} ${JSON.stringify(parameters)}`;
    const answer: Answered = await client.ask({
      route: `GET /repos/{owner}/{repo}${part}`,
      parameters: { owner, repo, ...parameters },
      etag: etags.get(tag) ?? null,
      authorization: credential.authorization,
    });
    if (answer.kind === 'unchanged') return null;
    if (answer.kind === 'failed') {
      const { kind } = answer.failure;
      if (kind === 'credential') credentials.forget();
      const isPart = part !== '' && (kind === 'forbidden' || kind === 'not-found' || kind === 'invalid');
      if (!isPart) throw new Failed(answer.failure);
      closed.set(part, { untilMs: clock.monotonicMs() + STOPPED_WAIT_MS, isSaid: kind === 'forbidden' });

      return null;
    }
    const value = schema.safeParse(answer.data);
    if (!value.success) {
      throw new Failed(failureOf('odd', 'something else than GitHub answered: see github.apiUrl'));
    }
    if (answer.etag !== null) etags.set(tag, answer.etag);
    return value.data;
  };

  const readPulls = async (): Promise<void> => {
    const pulls = await read('/pulls', z.array(pullRequestSchema), {
      state: 'open',
      sort: 'updated',
      direction: 'desc',
      per_page: LISTED_PULLS,
    });
    if (pulls === null) return;
    parts.within(() => {
      for (const pull of pulls) parts.take(pullRequestOf(pull, repository));
      if (pulls.length === LISTED_PULLS) return;
      const listed = new Set(pulls.map(({ number }) => `pull ${number}`));
      for (const { key } of heads.of(repository)) {
        if (key.startsWith('pull ') && !listed.has(key)) heads.drop(repository, key);
      }
    });
  };

  const readDeployments = async (): Promise<void> => {
    const all = await read('/deployments', z.array(deploymentSchema), { per_page: 30 });
    if (all !== null) open = all.filter(({ created_at: at }) => clock.wallMs() - at < DEPLOYMENTS_MS);
    for (const deployment of open.slice(0, MOST_DEPLOYMENTS_A_ROUND)) {
      const statuses = await read(`/deployments/${deployment.id}/statuses`, z.array(deploymentStatusSchema), {
        per_page: 100,
      });
      if (statuses === null) continue;
      // Newest first; the first result is the one that stands.
      const events = statuses.reverse().map((status) => deploymentOf(deployment, status, repository));
      parts.within(() => {
        for (const event of events) parts.take(event);
      });
      if (events.some(({ result, isInactive }) => result !== null || isInactive)) {
        open = open.filter(({ id }) => id !== deployment.id);
      }
    }
  };

  const readBranch = async (): Promise<void> => {
    const about = await read('', repositorySchema);
    if (about !== null) branch = about.default_branch;
    if (branch === null) return;
    const commits = await read('/commits', commitsSchema, { sha: branch, per_page: 30 });
    const [newest] = commits ?? [];
    if (commits === null || newest === undefined) return;
    const key = `branch ${branch}`;
    if (heads.of(repository).some((head) => head.key === key && head.sha === newest.sha.toLowerCase()))
      return;
    const name = branch;
    parts.within(() =>
      parts.take({
        kind: 'push',
        repository,
        branch: name,
        headSha: newest.sha.toLowerCase(),
        // Oldest first, as in a push.
        commits: commits
          .reverse()
          .map(({ sha, commit }) => ({ sha: sha.toLowerCase(), message: commit.message, paths: null })),
        isComplete: false,
      }),
    );
  };

  const complete = async (): Promise<void> => {
    const unread = heads.of(repository).filter(({ changes }) => changes === null);
    for (const head of unread.slice(0, MOST_HEADS_A_ROUND)) {
      const paths = await (head.pull === null ? commitPaths(head.sha) : pullPaths(head.pull.number));
      if (paths === null) continue;
      const changes = changesOf(head, paths, parts.reader);
      parts.within(() => heads.setChanges(repository, head.key, head.sha, changes));
      parts.onHeads();
    }
  };
  const commitPaths = async (sha: string): Promise<Paths | null> => {
    const commit = await read(`/commits/${sha}`, commitFilesSchema);
    etags.delete(`/commits/${sha} {}`);
    // GitHub lists at most 300 files of a commit.
    return commit === null ? null : { paths: namesOf(commit.files), isWhole: commit.files.length < 300 };
  };
  const pullPaths = async (number: number): Promise<Paths | null> => {
    const paths: string[] = [];
    for (let page = 1; page <= FILE_PAGES; page += 1) {
      const part = `/pulls/${number}/files`;
      const parameters = { per_page: 100, page };
      const files = await read(part, filesSchema, parameters);
      etags.delete(`${part} ${JSON.stringify(parameters)}`);
      if (files === null) return null;
      paths.push(...namesOf(files));
      if (files.length < 100) return { paths, isWhole: true };
    }
    return { paths, isWhole: false };
  };

  const round = async (): Promise<void> => {
    const interval = parts.intervalMs();
    const fullMs = clock.monotonicMs() >= fullAtMs ? interval : null;
    const isDue = fullMs !== null || heads.of(repository).some(({ changes }) => changes === null);
    if (!isDue) return;
    if (fullMs !== null) {
      await readBranch();
      await readPulls();
      await readDeployments();
    }
    await complete();
    if (fullMs !== null) fullAtMs = clock.monotonicMs() + fullMs;
    failuresCount = 0;
    problem = null;
    parts.note({ kind: 'reached', remark: remarkOf() });
  };

  const fail = (error: unknown): void => {
    if (!(error instanceof Failed)) parts.onFault(error);
    const failure = error instanceof Failed ? error.failure : failureOf('odd', 'an error of our own');
    failuresCount += 1;
    const isStopped =
      failure.kind === 'credential' || failure.kind === 'forbidden' || failure.kind === 'not-found';
    problem = { why: failure.why, isStopped };
    const waitMs = isStopped
      ? STOPPED_WAIT_MS
      : Math.max(
          parts.intervalMs() ?? 0,
          backOffMs(failuresCount, failure.afterMs, parts.chance(), LONGEST_WAIT_MS),
        );
    heldUntilMs = clock.monotonicMs() + waitMs;
    parts.note(isStopped ? { kind: 'stop', why: failure.why } : { kind: 'failed', why: failure.why });
  };

  const schedule = (ms: number): void => {
    cancel?.();
    nextAtMs = clock.wallMs() + ms;
    cancel = clock.after(ms, () => {
      cancel = null;
      nextAtMs = null;
      run();
    });
  };
  const next = (): void => {
    if (!isStarted) return;
    const nowMs = clock.monotonicMs();
    const heldMs = Math.max(0, heldUntilMs - nowMs);
    const interval = parts.intervalMs();
    if (isWoken) schedule(Math.max(WAKE_MS, heldMs));
    else if (interval !== null) schedule(Math.max(1, heldMs, fullAtMs - nowMs));
    isWoken = false;
  };
  const run = (): void => {
    if (isBusy || !isStarted) return;
    isBusy = true;
    round()
      .catch(fail)
      .catch(parts.onFault)
      .finally(() => {
        isBusy = false;
        next();
      });
  };

  return {
    start() {
      if (isStarted) return;
      isStarted = true;
      // Several repositories begin apart.
      schedule(Math.round(1 + parts.chance() * 2000));
    },
    stop() {
      isStarted = false;
      cancel?.();
      cancel = null;
      nextAtMs = null;
    },
    wake() {
      isWoken = true;
      if (!isBusy) next();
    },
    retry() {
      heldUntilMs = 0;
      fullAtMs = 0;
      closed.clear();
      isWoken = true;
      if (!isBusy) next();
    },
    problem: () => problem,
    nextAtMs: () => nextAtMs,
  };
}

interface Paths {
  readonly paths: readonly string[];
  readonly isWhole: boolean;
}

/** Files that are not listed may be any: the change counts as one of the infrastructure too. */
function changesOf({ title }: Head, { paths, isWhole }: Paths, reader: CommitReader): ChangeType[] {
  const { type } = classifyChange(reader.read(title), paths);
  return isWhole ? [type] : [...new Set<ChangeType>([type, 'infra'])];
}

function namesOf(files: z.infer<typeof filesSchema>): string[] {
  return files.flatMap(({ filename, previous_filename: before }) =>
    before === undefined ? [filename] : [filename, before],
  );
}
