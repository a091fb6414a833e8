import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The repository's root, absolute. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** Folders that are made, fetched or belong to git: never looked at. */
const NOT_OURS = new Set(['node_modules', 'dist', 'out', 'coverage', 'test-results', '.git']);

/** The folders that hold the product's own code. */
export const LAYERS = ['shared', 'core', 'cli', 'electron', 'renderer'] as const;

/** Every file of the repository, relative to its root, with forward slashes, sorted. */
export function repositoryFiles(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => !NOT_OURS.has(entry.name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return repositoryFiles(path);
      return entry.isFile() ? [path] : [];
    })
    .sort();
}

/** Every TypeScript file below the folders named; all layers when none is. */
export function sourceFiles(folders: readonly string[] = LAYERS): string[] {
  return repositoryFiles().filter(
    (path) => /\.tsx?$/.test(path) && folders.some((folder) => path.startsWith(`${folder}/`)),
  );
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** A file whose bytes are not text (icons, recorded data) holds a NUL. */
export function isText(text: string): boolean {
  return !text.includes('\0');
}

export interface PackageManifest {
  readonly scripts: Record<string, string>;
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}

export function packageManifest(): PackageManifest {
  return JSON.parse(readText('package.json')) as PackageManifest;
}
