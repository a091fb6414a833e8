import type { DatabaseSync } from 'node:sqlite';

import type { Clock } from '../../clock.ts';
import type { RoomContext } from '../../room.ts';
import { createCommitTasks, type CommitTasks } from '../commit-tasks.ts';
import { createLinkBook } from '../link-book.ts';
import { createOutbox, type Outbox } from '../outbox.ts';
import type { SyncRoom } from '../sync-room.ts';
import { createTaskBook } from '../task-book.ts';
import { createGitHubRoom, type GitHubRoom } from './github-room.ts';
import { readPrivateFile } from './private-file.ts';

/** The GitHub room with this machine's own files. Without a record it hears and tells nothing. */
export function githubInHouse(
  context: RoomContext,
  shared: Partial<Pick<SyncRoom, 'commitTasks' | 'join' | 'outbox'>> = {},
): GitHubRoom {
  const { clock, database, platform, secrets } = context;
  if (database === null) {
    return {
      complete: () => ({}),
      push: () => undefined,
      notes: () => [],
      states: () => ({}),
      webhook: () => Promise.resolve({ status: 503, text: 'There is no record to keep it in.' }),
    };
  }
  const outbox = shared.outbox ?? createOutbox(database, clock);
  const room = createGitHubRoom({
    ...context,
    outbox,
    links: shared.commitTasks ?? commitTasksIn(database, clock, outbox, context.config),
    secret: (name) => secrets.read(name),
    readFile: async (path) => readPrivateFile(path, platform),
    request: () => context.core.request(),
  });
  shared.join?.(room);
  return room;
}

/** Links on the same tables as everybody else's. */
export function commitTasksIn(
  database: DatabaseSync,
  clock: Clock,
  outbox: Outbox,
  config: RoomContext['config'],
): CommitTasks {
  return createCommitTasks({
    clock,
    outbox,
    links: createLinkBook(database),
    tasks: createTaskBook(database),
    settings: () => config().sync.manus,
  });
}
