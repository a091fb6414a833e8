import { closeSync, constants, fstatSync, openSync, readFileSync, unlinkSync } from 'node:fs';

import type { EndpointFile } from '../shared/contract/endpoint-file.ts';

const MAX_SIZE_BYTES = 16 * 1024;

/**
 * The running core's address, or null when there is none: no file, a dead pid, or a file that is not ours to
 * trust (a link, a pipe, another owner). Light on purpose: `orch gate` waits for it.
 */
export function readEndpointFile(path: string): EndpointFile | null {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    try {
      const stat = fstatSync(file);
      if (!stat.isFile() || stat.size > MAX_SIZE_BYTES) return null;
      if (process.getuid !== undefined && stat.uid !== process.getuid()) return null;
      return checked(JSON.parse(readFileSync(file, 'utf8')));
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}

/** At a clean stop, unless a later core has already written its own. */
export function removeEndpointFile(path: string, token: string): void {
  if (readEndpointFile(path)?.token === token) unlinkSync(path);
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
