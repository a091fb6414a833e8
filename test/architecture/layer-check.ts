import { isBuiltin } from 'node:module';
import { posix } from 'node:path';

import { importsOf } from './module-imports.ts';

/** One row of the matrix. Whatever is not named in it is refused. */
export interface LayerRule {
  /** The folder the row speaks of, without a closing slash. */
  readonly layer: string;
  /** Folders, or single files, of this repository it may import from. */
  readonly folders: readonly string[];
  /** Packages it may import, by name. */
  readonly packages: readonly string[];
  /** Whether it may use what Node brings. */
  readonly node: boolean;
  /** Whether it may import names that are known only at run time: tests that go over a folder. */
  readonly computed?: boolean;
  /** Folders it may take types from, but values from these files alone. */
  readonly valuesFrom?: Readonly<Record<string, readonly string[]>>;
}

/** The row a file falls under: the longest folder that holds it. */
export function ruleFor(matrix: readonly LayerRule[], path: string): LayerRule | undefined {
  return matrix
    .filter((rule) => path.startsWith(`${rule.layer}/`))
    .sort((a, b) => b.layer.length - a.layer.length)[0];
}

/** What is wrong with the imports of one file, a sentence each; empty when nothing is. */
export function layerComplaints(matrix: readonly LayerRule[], path: string, text: string): string[] {
  const rule = ruleFor(matrix, path);
  if (rule === undefined) return [`${path}: belongs to no layer of the matrix`];
  return importsOf(path, text).flatMap(({ specifier, typeOnly, line }) => {
    const say = (what: string): string[] => [`${path}:${line} ${what}`];
    if (specifier === null) {
      return rule.computed === true ? [] : say('imports a computed name, which no rule can check');
    }
    if (specifier.startsWith('.')) {
      const target = posix.join(posix.dirname(path), specifier.replace(/\?.*$/, ''));
      if (!/\.[a-z]+$/.test(target)) return say(`imports ${specifier} without its extension`);
      if (!inSome(rule.folders, target)) return say(`${rule.layer} may not import ${target}`);
      if (!typeOnly && !mayTakeValues(rule, path, target)) {
        return say(`${rule.layer} may take only types from ${target} (use "import type")`);
      }
      return [];
    }
    if (isBuiltin(specifier)) {
      return rule.node ? [] : say(`${rule.layer} may not use ${specifier}: it runs without Node`);
    }
    const name = packageName(specifier);
    return rule.packages.includes(name) ? [] : say(`${rule.layer} may not import the package ${name}`);
  });
}

/** "react-dom/client" -> "react-dom", "@scope/name/part" -> "@scope/name". */
export function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function inSome(folders: readonly string[], target: string): boolean {
  return folders.some((folder) => target === folder || target.startsWith(`${folder}/`));
}

function mayTakeValues(rule: LayerRule, path: string, target: string): boolean {
  for (const [folder, files] of Object.entries(rule.valuesFrom ?? {})) {
    if (target.startsWith(`${folder}/`) && !path.startsWith(`${folder}/`)) return files.includes(target);
  }
  return true;
}

/**
 * The first cycle in "folder imports folder", as the folders along it; null when there is none. Types count:
 * two folders that need each other's types are one folder.
 */
export function folderCycle(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] | null {
  const done = new Set<string>();
  const walk = (folder: string, trail: readonly string[]): string[] | null => {
    const seenAt = trail.indexOf(folder);
    if (seenAt >= 0) return [...trail.slice(seenAt), folder];
    if (done.has(folder)) return null;
    for (const next of edges.get(folder) ?? []) {
      const cycle = walk(next, [...trail, folder]);
      if (cycle !== null) return cycle;
    }
    done.add(folder);
    return null;
  };
  for (const folder of edges.keys()) {
    const cycle = walk(folder, []);
    if (cycle !== null) return cycle;
  }
  return null;
}

/** Which folder (the first `depth` parts of a path) imports which other. */
export function folderEdges(files: ReadonlyMap<string, string>, depth: number): Map<string, Set<string>> {
  const folderOf = (path: string): string => path.split('/').slice(0, depth).join('/');
  const edges = new Map<string, Set<string>>();
  for (const [path, text] of files) {
    const from = folderOf(path);
    const targets = edges.get(from) ?? new Set<string>();
    edges.set(from, targets);
    for (const { specifier } of importsOf(path, text)) {
      if (specifier?.startsWith('.') !== true) continue;
      const to = folderOf(posix.join(posix.dirname(path), specifier));
      if (to !== from) targets.add(to);
    }
  }
  return edges;
}
