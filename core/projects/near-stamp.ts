import { lstatSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { seenByThread, stampOf, type FileSight, type FileStamp } from './file-stamp.ts';

/** Paths that are remembered; a hundred projects name fewer. */
const MOST_REMEMBERED = 4096;

/**
 * For files that are asked for every tick: those on the disk that `ownDir` is on are looked at at once, which costs a
 * fiftieth of a trip through the file threads. The core writes to that disk in every tick, so nothing is waited for
 * that would not be waited for anyway. A path counts as near once a look through the threads found it there, or the
 * folder it would be in, with no link on the way.
 */
export function createNearStamp(ownDir: string): FileStamp {
  const isNear = new Map<string, boolean>();
  let ownDevice: bigint | null = null;

  const learn = async (path: string, seen: FileSight): Promise<void> => {
    ownDevice ??= await deviceOf(ownDir);
    const isElsewhere = typeof seen !== 'string' && seen.dev !== ownDevice;
    const near = !isElsewhere && ownDevice !== null && (await plainFolderDevice(path)) === ownDevice;
    if (isNear.size >= MOST_REMEMBERED) isNear.clear();
    isNear.set(path, near);
  };

  return async (path) => {
    if (isNear.get(path) !== true) {
      const seen = await seenByThread(path);
      if (!isNear.has(path)) await learn(path, seen);
      return stampOf(seen);
    }
    const seen = seenAtOnce(path);
    // Another disk is mounted there now.
    if (typeof seen !== 'string' && seen.dev !== ownDevice) isNear.set(path, false);
    return stampOf(seen);
  };
}

function seenAtOnce(path: string): FileSight {
  try {
    return lstatSync(path, { bigint: true, throwIfNoEntry: false }) ?? 'ENOENT';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? '';
  }
}

/** Of the innermost folder around `path` that is there; null when a link leads to it. */
async function plainFolderDevice(path: string): Promise<bigint | null> {
  for (let dir = dirname(resolve(path)); ; dir = dirname(dir)) {
    const device = await deviceOf(dir);
    if (device !== null) return (await realpath(dir).catch(() => null)) === dir ? device : null;
    if (dirname(dir) === dir) return null;
  }
}

async function deviceOf(path: string): Promise<bigint | null> {
  return stat(path, { bigint: true }).then(
    ({ dev }) => dev,
    () => null,
  );
}
