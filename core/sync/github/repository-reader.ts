import { z } from 'zod';

import type { ChangeType } from '../../../shared/contract/vocabulary.ts';
import { classifyChange } from '../../../shared/policy/classify-change.ts';
import type { Clock } from '../../clock.ts';
import type { CommitReader } from '../../projects/commit-message.ts';
import {
  deploymentOf,
  deploymentSchema,
  deploymentStatusSchema,
  pullRequestOf,
  pullRequestSchema,
  type GitHubEvent,
} from './event.ts';
import type { Head, HeadStore } from './heads.ts';
import type { IssueReader } from './issue-reader.ts';
import type { PartReader } from './part-reader.ts';

export interface RepositoryReaderParts {
  readonly clock: Clock;
  readonly repository: string;
  readonly parts: PartReader;
  readonly issues: IssueReader;
  readonly heads: HeadStore;
  readonly reader: CommitReader;
  readonly take: (event: GitHubEvent) => void;
  /** In a transaction of its own. */
  readonly within: (act: () => void) => void;
  readonly onHeads: () => void;
}

/** Reads what is new at a repository, as the events that its webhooks would have been. */
export interface RepositoryReader {
  /** @throws ReadFailed */
  readAll(): Promise<void>;
  /** Whether there is something whose files are not known yet. */
  isIncomplete(): boolean;
  /** Asks for these files. @throws ReadFailed */
  complete(): Promise<void>;
}

const DAY_MS = 24 * 60 * 60_000;
/** Stability looks back so far; what is older need not be asked about. */
const DEPLOYMENTS_MS = 7 * DAY_MS;
const LISTED_PULLS = 100;
const FILE_PAGES = 3;
/** GitHub lists at most so many files of a commit. */
const COMMIT_FILES = 300;
const MOST_HEADS_A_ROUND = 20;
const MOST_DEPLOYMENTS_A_ROUND = 10;

const repositorySchema = z.object({ default_branch: z.string(), private: z.boolean().default(false) });
const commitsSchema = z.array(z.object({ sha: z.string(), commit: z.object({ message: z.string() }) }));
const filesSchema = z.array(z.object({ filename: z.string(), previous_filename: z.string().optional() }));
const commitFilesSchema = z.object({ files: filesSchema.default([]) });

export function createRepositoryReader(given: RepositoryReaderParts): RepositoryReader {
  const { clock, heads, repository, parts } = given;
  let open: z.infer<typeof deploymentSchema>[] = [];
  let branch: string | null = null;
  let isPrivate = false;
  const unread = (): readonly Head[] => heads.of(repository).filter(({ changes }) => changes === null);

  const readPulls = async (): Promise<void> => {
    const pulls = await parts.read('/pulls', z.array(pullRequestSchema), {
      state: 'open',
      sort: 'updated',
      direction: 'desc',
      per_page: LISTED_PULLS,
    });
    if (pulls === null) return;
    given.within(() => {
      for (const pull of pulls) given.take(pullRequestOf(pull, repository));
      if (pulls.length === LISTED_PULLS) return;
      const listed = new Set(pulls.map(({ number }) => `pull ${number}`));
      for (const { key } of heads.of(repository)) {
        if (key.startsWith('pull ') && !listed.has(key)) heads.drop(repository, key);
      }
    });
  };

  const readDeployments = async (): Promise<void> => {
    const all = await parts.read('/deployments', z.array(deploymentSchema), { per_page: 30 });
    if (all !== null) open = all.filter(({ created_at: at }) => clock.wallMs() - at < DEPLOYMENTS_MS);
    for (const deployment of open.slice(0, MOST_DEPLOYMENTS_A_ROUND)) {
      const statuses = await parts.read(
        `/deployments/${deployment.id}/statuses`,
        z.array(deploymentStatusSchema),
        {
          per_page: 100,
        },
      );
      if (statuses === null) continue;
      // Newest first; the first result is the one that stands.
      const events = statuses.reverse().map((status) => deploymentOf(deployment, status, repository));
      given.within(() => {
        for (const event of events) given.take(event);
      });
      if (events.some(({ result, isInactive }) => result !== null || isInactive)) {
        open = open.filter(({ id }) => id !== deployment.id);
      }
    }
  };

  const readBranch = async (): Promise<void> => {
    const about = await parts.read('', repositorySchema);
    if (about !== null) ({ default_branch: branch, private: isPrivate } = about);
    if (branch === null) return;
    const commits = await parts.read('/commits', commitsSchema, { sha: branch, per_page: 30 });
    const [newest] = commits ?? [];
    if (commits === null || newest === undefined) return;
    const key = `branch ${branch}`;
    if (heads.of(repository).some((head) => head.key === key && head.sha === newest.sha.toLowerCase()))
      return;
    const name = branch;
    given.within(() =>
      given.take({
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
    for (const head of unread().slice(0, MOST_HEADS_A_ROUND)) {
      const paths = await (head.pull === null ? commitPaths(head.sha) : pullPaths(head.pull.number));
      if (paths === null) continue;
      const changes = changesOf(head, paths, given.reader);
      given.within(() => heads.setChanges(repository, head, changes));
      given.onHeads();
    }
  };
  const commitPaths = async (sha: string): Promise<Paths | null> => {
    const commit = await parts.read(`/commits/${sha}`, commitFilesSchema, {}, false);
    if (commit === null) return null;
    return { paths: namesOf(commit.files), isWhole: commit.files.length < COMMIT_FILES };
  };
  const pullPaths = async (number: number): Promise<Paths | null> => {
    const paths: string[] = [];
    for (let page = 1; page <= FILE_PAGES; page += 1) {
      const files = await parts.read(`/pulls/${number}/files`, filesSchema, { per_page: 100, page }, false);
      if (files === null) return null;
      paths.push(...namesOf(files));
      if (files.length < 100) return { paths, isWhole: true };
    }
    return { paths, isWhole: false };
  };

  return {
    async readAll() {
      await readBranch();
      await readPulls();
      await readDeployments();
      await given.issues.read(isPrivate);
    },
    isIncomplete: () => unread().length > 0,
    complete,
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
