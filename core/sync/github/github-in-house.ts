import { join } from 'node:path';

import type { RoomContext } from '../../room.ts';
import { createSecretFiles } from '../../secret-files.ts';
import { createOutbox, type Outbox } from '../outbox.ts';
import { linkCommits } from './commit-links.ts';
import { createGitHubRoom, type GitHubRoom } from './github-room.ts';

/** The GitHub room with this machine's own files. Without a record it hears and tells nothing. */
export function githubInHouse(context: RoomContext, shared?: Outbox): GitHubRoom {
  const { clock, database, places, platform } = context;
  if (database === null) {
    return {
      complete: () => ({}),
      webhook: () => Promise.resolve({ status: 503, text: 'There is no record to keep it in.' }),
    };
  }
  const secrets = createSecretFiles(join(places.stateDir, 'secrets'), platform);
  return createGitHubRoom({
    ...context,
    outbox: shared ?? createOutbox(database, clock),
    links: linkCommits(database, clock),
    webhookSecret: () => secrets.read('github-webhook'),
    request: () => context.core.request(),
  });
}
