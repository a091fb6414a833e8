import { realpath } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';

import type { Git } from './git-program.ts';

/** A repository as far as its hooks go. Paths are absolute and real. */
export interface Repository {
  readonly topDir: string;
  /** Top folder of the main work tree; the same as `topDir` but in a linked one. */
  readonly mainDir: string;
  /** Where git looks for hooks: of all work trees together, or what core.hooksPath says. */
  readonly hooksDir: string;
  /** core.hooksPath as it is set; null when it is not. */
  readonly hooksPath: string | null;
  /** Hooks there run for other repositories too. */
  readonly isShared: boolean;
  /** Hooks there are files of the work tree, which `git status` shows. */
  readonly isTracked: boolean;
}

export type RepositoryResult =
  { readonly ok: true; readonly repository: Repository } | { readonly ok: false; readonly problem: string };

/** Asks git itself: it knows about work trees, submodules and core.hooksPath. */
export async function findRepository(dir: string, git: Git): Promise<RepositoryResult> {
  const asked = await git(dir, ['rev-parse', '--show-toplevel', '--git-common-dir', '--git-path', 'hooks']);
  if (!asked.ok) {
    const isBare = /must be run in a work tree/.test(asked.why);
    return {
      ok: false,
      problem: isBare ? `${dir} is a bare repository: nothing is pushed from it` : `${dir}: ${asked.why}`,
    };
  }
  const [top = '', common = '', hooks = ''] = asked.out.split('\n');
  const topDir = await real(top);
  const commonDir = await real(resolve(dir, common));
  const hooksDir = await real(resolve(dir, hooks));
  const setting = await git(dir, ['config', '--get', 'core.hooksPath']);
  const hooksPath = setting.ok ? setting.out.replace(/\n$/, '') : null;
  const isInGitDir = isInside(hooksDir, commonDir);
  const isInTree = !isInGitDir && isInside(hooksDir, topDir);
  const ignored = isInTree && (await git(dir, ['check-ignore', '-q', resolve(hooksDir, 'pre-push')])).ok;
  return {
    ok: true,
    repository: {
      topDir,
      mainDir: commonDir.endsWith(`${sep}.git`) ? dirname(commonDir) : topDir,
      hooksDir,
      hooksPath,
      isShared: !isInGitDir && !isInTree,
      isTracked: isInTree && !ignored,
    },
  };
}

/** A folder that is not there yet stays as it is named. */
async function real(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

function isInside(path: string, dir: string): boolean {
  return path === dir || path.startsWith(dir.endsWith(sep) ? dir : `${dir}${sep}`);
}
