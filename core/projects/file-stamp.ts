import { lstat } from 'node:fs';

/**
 * Two stamps that are equal mean the same bytes: inode, size and both times to the nanosecond; "-" and why for a file
 * that is not there. Null for a link, whose target may change without it.
 *
 * By callback: most of these files are not there, and a promise of the file system's makes an error with a stack of
 * each, every tick.
 */
export function fileStamp(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    lstat(path, { bigint: true }, (error, stats) => {
      if (error !== null) resolve(`-${error.code ?? ''}`);
      else if (stats.isSymbolicLink()) resolve(null);
      else {
        const { dev, ino, mode, size, mtimeNs, ctimeNs } = stats;
        resolve(`${dev}:${ino}:${mode}:${size}:${mtimeNs}:${ctimeNs}`);
      }
    });
  });
}
