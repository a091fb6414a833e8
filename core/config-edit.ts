import { readFile } from 'node:fs/promises';

import { parseDocument, type Document } from 'yaml';

import type { ProjectConfig } from '../shared/contract/config.ts';
import { ensurePrivateDir, writeFileAtomic } from './atomic-file.ts';
import { parseConfig, type ConfigResult } from './config-file.ts';
import type { Places } from './places.ts';

const HEADER =
  '# Meta-Orchestrator settings. `orch config schema` lists every key; `orch config check` checks this file.\n';

/**
 * Changes `config.yaml` in place and keeps the person's comments. The change is checked before it is written:
 * a result that is not `ok` has written nothing.
 */
export async function editConfig(
  places: Places,
  change: (document: Document) => void,
): Promise<ConfigResult> {
  const before = await readFile(places.configPath, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return HEADER;
    throw error;
  });
  const current = parseConfig(before);
  if (!current.ok) return current;
  const document = parseDocument(before);
  change(document);
  const text = document.toString({ lineWidth: 110 });
  const result = parseConfig(text);
  if (!result.ok) return result;
  await ensurePrivateDir(places.configDir);
  await writeFileAtomic(places.configPath, text);
  return result;
}

/** Adds a project at the end of the list. */
export function addProject(
  project: Pick<ProjectConfig, 'id' | 'path' | 'profile'>,
): (document: Document) => void {
  return (document) => {
    if (document.contents === null) document.contents = document.createNode({});
    if (!document.has('projects')) document.set('projects', document.createNode([]));
    document.addIn(['projects'], document.createNode(project));
  };
}

/** Takes a project out; its folder and records stay as they are. */
export function removeProject(index: number): (document: Document) => void {
  return (document) => {
    document.deleteIn(['projects', index]);
  };
}
