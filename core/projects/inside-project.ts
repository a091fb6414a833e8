import { realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';

import { FileProblem, systemErrorText } from './file-problem.ts';
import { fileStamp } from './file-stamp.ts';
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
  const realDir = isNamedInside({ dir, file }) ? await realpath(dir) : null;
  const realFile = realDir === null ? null : await realpath(join(realDir, file));
  if (realDir === null || realFile === null || !isInside(relative(realDir, realFile))) {
    throw new FileProblem('lies outside the project; a file inside it is expected');
  }
  return realFile;
}

/** Whether the name alone stays inside the folder; a link in it may still lead out. */
export function isNamedInside({ dir, file }: ProjectPlace): boolean {
  return !isAbsolute(file) && isInside(relative(dir, join(dir, file)));
}

/**
 * Whether there is anything by that name: one look, where `pathInside` takes several. True as well for names that lead
 * out of the folder, which `pathInside` refuses with a reason.
 */
export async function isThere(place: ProjectPlace): Promise<boolean> {
  if (!isNamedInside(place)) return true;
  const stamp = await fileStamp(join(place.dir, place.file));
  return stamp !== '-ENOENT' && stamp !== '-ENOTDIR';
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
