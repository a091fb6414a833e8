import { gitProgram } from '../hooks/git-program.ts';
import { readPrivateText } from '../metrics/private-text.ts';
import type { RoomContext } from '../room.ts';
import { createGitPatches } from './git-patches.ts';
import { readNewLinks } from './link-file.ts';
import { createSyncRoom, type SyncRoom } from './sync-room.ts';

/** The sync room with this machine's own git and network; null where there is no database to keep a queue in. */
export function syncInHouse(context: RoomContext): SyncRoom | null {
  const { database, env, places } = context;
  if (database === null) return null;
  return createSyncRoom({
    ...context,
    database,
    fetch: (address, init) => fetch(address, init),
    async readKey() {
      const { keyFile } = context.config().sync.manus;
      if (keyFile === null) return context.secrets.read('manus-key');
      const text = (await readPrivateText(keyFile))?.trim() ?? '';
      return text === '' ? null : text;
    },
    newLinks: (store) => readNewLinks(places.commitLinksPath, store),
    git: gitProgram(env),
    patches: createGitPatches(env),
  });
}
