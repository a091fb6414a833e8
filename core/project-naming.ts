import { realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';

import type { Config } from '../shared/contract/config.ts';

/** A name for the project in this folder that no other has. */
export function freeProjectId(path: string, settings: Pick<Config, 'projects'>): string {
  const taken = new Set(['infrastructure', ...settings.projects.map((other) => other.id)]);
  const wanted = folderId(path);
  for (let number = 1; ; number += 1) {
    // Two folders of one name are told apart by a number.
    const id = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.has(id)) return id;
  }
}

/**
 * The folder itself, with links followed, as a person named it; `~` is their home. Says what is wrong where there
 * is none.
 */
export async function projectFolder(
  said: string,
  homeDir: string,
): Promise<{ readonly path: string } | { readonly problem: string }> {
  const path = said === '~' || said.startsWith('~/') ? join(homeDir, said.slice(1)) : said;
  if (!isAbsolute(path)) return { problem: 'must be the whole path of a folder, from its root' };
  try {
    if (!(await stat(path)).isDirectory()) return { problem: 'is not a folder' };
    return { path: await realpath(path) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { problem: 'there is no such folder' };
    if (code === 'EACCES') return { problem: 'may not be read by this account' };
    return { problem: `cannot be read (${code ?? 'not a path'})` };
  }
}

/** "Bakhmach-Business-Hub" -> "bakhmach-business-hub", whether or not another has it. */
export function folderId(path: string): string {
  const id = basename(path)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 60);
  return id === '' ? 'project' : id;
}
