import { isAbsolute, relative, resolve, sep } from 'node:path';

import type { GateAsk } from '../../shared/contract/gate-ask.ts';

/** A project as it lies in the repository of a push. */
export interface Concerned<P> {
  readonly project: P;
  /** Its folder in the repository with "/" at the end; empty when it holds the whole repository. */
  readonly prefix: string;
}

/**
 * The projects a repository holds: those at or below its top folder, else the nearest one above it (a submodule
 * belongs to the project it lies in). A linked work tree that is no project itself stands for the main one.
 */
export function projectsIn<P extends { readonly path: string }>(
  ask: Pick<GateAsk, 'root' | 'mainRoot'>,
  projects: readonly P[],
): Concerned<P>[] {
  const own = projectsAt(resolve(ask.root), projects);
  return own.length > 0 || ask.mainRoot === null ? own : projectsAt(resolve(ask.mainRoot), projects);
}

function projectsAt<P extends { readonly path: string }>(
  root: string,
  projects: readonly P[],
): Concerned<P>[] {
  const below = projects.flatMap((project) => {
    const inside = insideOf(root, resolve(project.path));
    return inside === null ? [] : [{ project, prefix: inside === '' ? '' : `${inside}/` }];
  });
  if (below.length > 0) return below;
  const above = projects.filter(({ path }) => insideOf(resolve(path), root) !== null);
  const nearest = above.sort((one, other) => other.path.length - one.path.length)[0];
  return nearest === undefined ? [] : [{ project: nearest, prefix: '' }];
}

/** The way from a folder down to another, with "/" between; null when the other lies elsewhere. */
function insideOf(dir: string, other: string): string | null {
  const way = relative(dir, other);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? null : way.split(sep).join('/');
}

/** Those whose files are among the changed ones; all of them where the changed files are not known. */
export function touchedBy<P>(concerned: readonly Concerned<P>[], ask: GateAsk): readonly Concerned<P>[] {
  const paths = ask.commits.flatMap((commit) => commit.paths);
  if (!ask.isComplete || paths.length === 0) return concerned;
  return concerned.filter(({ prefix }) => paths.some((path) => path.startsWith(prefix)));
}
