import { lstat, type BigIntStats } from 'node:fs';

/**
 * Two stamps that are equal mean the same bytes: inode, size and both times to the nanosecond; "-" and why for a file
 * that is not there. Null for a link, whose target may change without it. Never rejects.
 */
export type FileStamp = (path: string) => Promise<string | null>;

/** What stands at a path, or why nothing can be said of it: an errno name like "ENOENT". */
export type FileSight = BigIntStats | string;

/** Through Node's file threads: a disk that hangs harms nobody. */
export const fileStamp: FileStamp = async (path) => stampOf(await seenByThread(path));

/**
 * By callback: most of these files are not there, and a promise of the file system's makes an error with a stack of
 * each, every tick.
 */
export function seenByThread(path: string): Promise<FileSight> {
  return new Promise((resolve) => {
    lstat(path, { bigint: true }, (error, stats) => resolve(error === null ? stats : (error.code ?? '')));
  });
}

export function stampOf(seen: FileSight): string | null {
  if (typeof seen === 'string') return `-${seen}`;
  if (seen.isSymbolicLink()) return null;
  const { dev, ino, mode, size, mtimeNs, ctimeNs } = seen;
  return `${dev}:${ino}:${mode}:${size}:${mtimeNs}:${ctimeNs}`;
}
