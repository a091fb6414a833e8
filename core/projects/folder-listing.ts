import { readdir } from 'node:fs/promises';

import type { FileStamp } from './file-stamp.ts';

/** The names in one folder, listed again only when the folder changed. */
export interface FolderListing {
  /** None where it cannot be listed. */
  names(): Promise<ReadonlySet<string>>;
}

export function createFolderListing(dir: string, stampOf: FileStamp): FolderListing {
  let last: {
    readonly stamp: string;
    readonly names: ReadonlySet<string>;
    readonly isSettled: boolean;
  } | null = null;

  return {
    async names() {
      // Stamped before it is listed: what comes in between gives another stamp next time.
      const stamp = await stampOf(dir);
      if (last !== null && last.stamp === stamp && last.isSettled) return last.names;
      const names = new Set(await readdir(dir).catch(() => []));
      // File systems' clocks are coarse: of two changes within milliseconds the second may leave the stamp as it was.
      // So a folder is listed twice before its stamp is trusted.
      last = stamp === null ? null : { stamp, names, isSettled: last?.stamp === stamp };
      return names;
    },
  };
}
