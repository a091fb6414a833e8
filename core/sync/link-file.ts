import { constants } from 'node:fs';
import { open, rename } from 'node:fs/promises';

import type { OutboxStore } from './outbox-store.ts';

/** A line of the post-commit hook. */
export interface LinkLine {
  readonly atMs: number;
  readonly repository: string;
  readonly commit: string;
  readonly task: string;
}

export interface NewLines {
  readonly lines: readonly LinkLine[];
  /** Remembers that these were taken; part of the transaction that takes them. */
  readonly taken: () => void;
}

const KEY = 'commit-links:read-bytes';
/** Read at a time; what is left comes next time. */
const MOST_BYTES = 256 * 1024;
/** Above this the file is put aside as `.old`, in the place of the one before, once all of it was read. */
export const MOST_KEPT_BYTES = 1024 * 1024;
const COMMIT = /^[0-9a-f]{40,64}$/;
const TASK = /^[A-Za-z0-9._-]{1,128}$/;

/** What the hook added to `commit-links.jsonl` since the last time. Lines that make no sense are passed over. */
export async function readNewLinks(
  path: string,
  store: Pick<OutboxStore, 'value' | 'setValue'>,
): Promise<NewLines | null> {
  let file;
  try {
    file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW || 0) | (constants.O_NONBLOCK || 0));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const stat = await file.stat();
    if (!stat.isFile()) return null;
    let isPutAside = false;
    const before = Number(store.value(KEY) ?? 0);
    // Shorter than what was read: somebody began it anew.
    const from = before <= stat.size ? before : 0;
    if (from === stat.size) {
      if (stat.size < MOST_KEPT_BYTES) return null;
      await rename(path, `${path}.old`);
      store.setValue(KEY, '0');
      isPutAside = true;
    }
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, from);
    const end = buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
    // A line longer than anything the hook writes is passed over whole.
    const readBytes = end > 0 ? end : bytesRead === MOST_BYTES ? bytesRead : 0;
    if (readBytes === 0) return null;
    const lines = buffer.toString('utf8', 0, end).split('\n').flatMap(lineOf);
    // What was added just before the file was put aside is no part of the new one.
    return { lines, taken: () => store.setValue(KEY, String(isPutAside ? 0 : from + readBytes)) };
  } finally {
    await file.close();
  }
}

function lineOf(text: string): LinkLine[] {
  try {
    const { at, repo, commit, task } = JSON.parse(text) as Record<string, unknown>;
    const atMs = Date.parse(String(at));
    const isGood =
      typeof repo === 'string' &&
      repo.startsWith('/') &&
      typeof commit === 'string' &&
      COMMIT.test(commit) &&
      typeof task === 'string' &&
      TASK.test(task);
    return isGood && !Number.isNaN(atMs) ? [{ atMs, repository: repo, commit, task }] : [];
  } catch {
    return [];
  }
}
