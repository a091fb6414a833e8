import { realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';

import { FileProblem, systemErrorText } from './file-problem.ts';
import { plainText } from './plain-text.ts';

/** A file of a project. */
export interface ProjectPlace {
  /** The project's folder, absolute. */
  readonly dir: string;
  /** The file inside it, relative. */
  readonly file: string;
}

/** The file's real path. Throws a FileProblem when it is outside the folder, by its name or by a link. */
export async function pathInside({ dir, file }: ProjectPlace): Promise<string> {
  const outside = new FileProblem('lies outside the project; a file inside it is expected');
  if (isAbsolute(file) || !isInside(relative(dir, join(dir, file)))) throw outside;
  const realDir = await realpath(dir);
  const realFile = await realpath(join(realDir, file));
  if (!isInside(relative(realDir, realFile))) throw outside;
  return realFile;
}

/** Whether the file system says that there is no such file. */
export function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** A sentence that names the file: "coverage/lcov.info:12 DA: ..." or "junit.xml is a pipe; ...". */
export function fileProblemText(file: string, error: unknown): string {
  const name = plainText(file, 200);
  if (!(error instanceof FileProblem)) return `${name} cannot be read: ${systemErrorText(error)}`;
  return error.message.startsWith(':') ? `${name}${error.message}` : `${name} ${error.message}`;
}

function isInside(path: string): boolean {
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
