import type { ManusConfig } from '../../shared/contract/sync-config.ts';
import { MANUS_TASK_PATTERN } from '../../shared/contract/vocabulary.ts';
import { NEW_TASK, taskNamed, tasksMentioned } from '../../shared/sync/task-mention.ts';
import type { Clock } from '../clock.ts';
import type { CommitLink, LinkBook, LinkSource } from './link-book.ts';
import { createItem } from './manus-acts.ts';
import type { Outbox } from './outbox.ts';
import type { TaskBook } from './task-book.ts';

/** A commit as somebody tells of it. */
export interface ToldCommit {
  readonly project: string;
  readonly sha: string;
  /** The whole message. */
  readonly message: string;
  readonly branch: string | null;
  readonly source: LinkSource;
  readonly patchId?: string | null;
}

/** Where commits and the tasks they name meet. All of it is synchronous and part of the caller's transaction. */
export interface CommitTasks {
  /** Links the tasks that a message or a branch names. True when a link is new. */
  readonly noteCommit: (commit: ToldCommit) => boolean;
  /**
   * One link. `title` is used where a task is asked for ("new") and a person switched that on.
   *
   * @returns false when it was known, or when the word names no task
   */
  readonly link: (link: Omit<CommitLink, 'linkedAtMs'> & { readonly title: string }) => boolean;
  /** A new issue; a task is asked for where a person switched that on. True when one was, once for each issue. */
  readonly noteIssue: (issue: ToldIssue) => boolean;
}

/** An issue as somebody tells of it. */
export interface ToldIssue {
  readonly project: string;
  /** What makes it one, e.g. "github owner/name#12". */
  readonly key: string;
  readonly title: string;
  readonly url: string;
}

export function createCommitTasks(parts: {
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly links: LinkBook;
  readonly tasks: TaskBook;
  readonly settings: () => ManusConfig;
}): CommitTasks {
  const { clock, outbox, links, tasks } = parts;

  const link: CommitTasks['link'] = ({ title, ...given }) => {
    const task = taskNamed(given.task);
    if (task === null) return false;
    return outbox.within(() => {
      const isNew = links.link({ ...given, task, linkedAtMs: clock.wallMs() });
      if (MANUS_TASK_PATTERN.test(task)) tasks.add(task, given.project, 'task', clock.wallMs());
      if (task === NEW_TASK && isNew) ask(given, title);
      return isNew;
    });
  };
  const ask = ({ project, commit, patchId }: Omit<CommitLink, 'linkedAtMs'>, title: string): void => {
    const { enabled, createFromCommits } = parts.settings();
    if (!enabled || !createFromCommits) return;
    outbox.put(
      createItem({
        purpose: 'task',
        project,
        // The change, not the commit: rewriting it asks for nothing more.
        reason: `commit:${patchId ?? commit}`,
        title: title === '' ? `${project} ${commit.slice(0, 12)}` : title,
        text: `Task for commit ${commit} of project ${project}: ${title}`,
        commit,
        patchId,
        cause: `commit ${commit.slice(0, 12)} asks for a task`,
      }),
    );
  };
  return {
    link,
    noteIssue({ project, key, title, url }) {
      const { enabled, createFromIssues } = parts.settings();
      if (!enabled || !createFromIssues) return false;
      const wanted = {
        purpose: 'task',
        project,
        reason: `issue:${key}`,
        title,
        text: `Task for an issue of project ${project}: ${title}\n${url}`,
        commit: null,
        patchId: null,
        cause: `issue ${key} asks for a task`,
      } as const;
      return outbox.put(createItem(wanted)) !== null;
    },
    noteCommit({ project, sha, message, branch, source, patchId = null }) {
      const title = message.trimStart().split(/\r?\n/, 1)[0] ?? '';
      const told = tasksMentioned(message, branch).map((task) =>
        link({ project, commit: sha, task, patchId, source, title }),
      );
      return told.includes(true);
    },
  };
}
