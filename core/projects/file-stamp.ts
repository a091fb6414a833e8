import { lstat } from 'node:fs/promises';

/**
 * Two stamps that are equal mean the same bytes: inode, size and both times to the nanosecond; "-" and why for a file
 * that is not there. Null for a link, whose target may change without it.
 */
export async function fileStamp(path: string): Promise<string | null> {
  try {
    const stats = await lstat(path, { bigint: true });
    if (stats.isSymbolicLink()) return null;
    const { dev, ino, mode, size, mtimeNs, ctimeNs } = stats;
    return `${dev}:${ino}:${mode}:${size}:${mtimeNs}:${ctimeNs}`;
  } catch (error) {
    return `-${(error as NodeJS.ErrnoException).code ?? ''}`;
  }
}
