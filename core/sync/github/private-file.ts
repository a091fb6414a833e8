import { open } from 'node:fs/promises';

const MAX_BYTES = 16 * 1024;

/** A file that is wanted and must not be used, or cannot be read. Names the file, never its content. */
export class PrivateFileProblem extends Error {
  override readonly name = 'PrivateFileProblem';
}

/**
 * The text of a file that its owner alone may read, without the space around it.
 *
 * @throws PrivateFileProblem
 */
export async function readPrivateFile(path: string, platform: NodeJS.Platform): Promise<string> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw new PrivateFileProblem(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? ''})`);
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new PrivateFileProblem(`${path} is not a file`);
    if (platform !== 'win32' && (stat.mode & 0o077) !== 0) {
      throw new PrivateFileProblem(`${path} can be read by others: chmod 600 it`);
    }
    if (stat.size > MAX_BYTES) throw new PrivateFileProblem(`${path} holds more than a secret`);
    const text = (await file.readFile('utf8')).trim();
    if (text === '') throw new PrivateFileProblem(`${path} is empty`);
    return text;
  } finally {
    await file.close();
  }
}
