import { constants } from 'node:fs';
import { open, unlink } from 'node:fs/promises';

import type { EndpointFile } from '../shared/contract/endpoint-file.ts';
import { writeFileAtomic } from './atomic-file.ts';

const MAX_SIZE_BYTES = 16 * 1024;

/** Tells the other programs of this user where the core is. A new 0600 inode each time, so an old mode never stays. */
export async function writeEndpointFile(path: string, endpoint: EndpointFile): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify(endpoint, null, 1)}\n`, 0o600);
}

/** Removed at a clean stop, unless a later core has already written its own. */
export async function removeEndpointFile(path: string, token: string): Promise<void> {
  const current = await readEndpointFile(path);
  if (current?.token === token) await unlink(path).catch(() => undefined);
}

/**
 * The running core's address, or null when there is none: no file, a dead pid, or a file that is not ours to
 * trust (a link, a pipe, another owner). Light on purpose: `orch gate` waits for it.
 */
export async function readEndpointFile(path: string): Promise<EndpointFile | null> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    try {
      const stat = await file.stat();
      if (!stat.isFile() || stat.size > MAX_SIZE_BYTES) return null;
      if (process.getuid !== undefined && stat.uid !== process.getuid()) return null;
      return checked(JSON.parse(await file.readFile('utf8')));
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

function checked(value: unknown): EndpointFile | null {
  if (typeof value !== 'object' || value === null) return null;
  const { url, socket, token, pid, startedAt, version } = value as Partial<
    Record<keyof EndpointFile, unknown>
  >;
  if (typeof url !== 'string' || !/^http:\/\/127\.0\.0\.1:\d+$/.test(url)) return null;
  if (typeof socket !== 'string' && socket !== null) return null;
  if (typeof token !== 'string' || typeof pid !== 'number') return null;
  if (typeof startedAt !== 'string' || typeof version !== 'string') return null;
  return isAlive(pid) ? { url, socket, token, pid, startedAt, version } : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
