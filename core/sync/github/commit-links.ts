import type { DatabaseSync } from 'node:sqlite';

import type { Clock } from '../../clock.ts';
import type { CommitLinks } from './event-book.ts';
import { tasksNamed } from './task-mention.ts';

/** Enters what commits name into `commit_links` (migration 4); one that is linked already stays as it is. */
export function linkCommits(database: DatabaseSync, clock: Pick<Clock, 'wallMs'>): CommitLinks {
  const insert = database.prepare('INSERT OR IGNORE INTO commit_links VALUES (?, ?, ?, NULL, ?, ?)');
  return {
    noteCommit({ project, sha, message, branch, source }) {
      const tasks = tasksNamed(message, branch);
      const added = tasks.filter(
        (task) => insert.run(project, sha, task, source, clock.wallMs()).changes > 0,
      );
      return added.length > 0;
    },
  };
}
