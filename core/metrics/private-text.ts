import { constants, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';

const MAX_SIZE_BYTES = 16 * 1024;

/**
 * The text of a file that holds a secret. Its group may read it (a Prometheus that runs as a user of its own), nobody
 * else may.
 *
 * @returns null when there is no such file
 * @throws Error in words that name the file, never its content
 */
export async function readPrivateText(path: string): Promise<string | null> {
  try {
    // A pipe would otherwise be waited for.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK || 0));
    try {
      const complaint = complaintOf(await file.stat());
      if (complaint !== null) throw new Error(`${path} ${complaint}`);
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw new Error(code === undefined ? message : `${path} cannot be read (${code})`, { cause: error });
  }
}

function complaintOf(stat: Stats): string | null {
  if (!stat.isFile()) return 'is not a file';
  if (stat.size > MAX_SIZE_BYTES) return `is larger than ${MAX_SIZE_BYTES} bytes`;
  if (process.platform === 'win32') return null;
  const isOurs = process.getuid === undefined || stat.uid === process.getuid() || stat.uid === 0;
  if (!isOurs) return 'belongs to somebody else';
  return (stat.mode & 0o027) !== 0 ? 'can be read or changed by others: chmod 600 it' : null;
}
