import { open } from 'node:fs/promises';

import { UpsProblem } from './ups-problem.ts';

/**
 * Reads the one line of a password file. A file that others on this machine can read is refused.
 *
 * @throws UpsProblem of kind `denied`, naming the file and never its content
 */
export async function readPasswordFile(path: string): Promise<string> {
  let text: string;
  try {
    const file = await open(path, 'r');
    try {
      const { mode, size } = await file.stat();
      if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
        throw new UpsProblem('denied', `${path} can be read by others: chmod 600 it`);
      }
      if (size > 4096) throw new UpsProblem('denied', `${path} holds more than one password`);
      text = await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof UpsProblem) throw error;
    throw new UpsProblem('denied', `${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? ''})`);
  }
  const password = text.replace(/\r?\n$/, '');
  if (password === '' || /[\r\n]/.test(password)) {
    throw new UpsProblem('denied', `${path} must hold one line, the password`);
  }
  return password;
}
