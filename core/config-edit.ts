import { readFile } from 'node:fs/promises';

import {
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type YAMLMap,
} from 'yaml';

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
  const { result, text } = await tryConfigEdit(places, change);
  if (!result.ok || text === null) return result;
  await ensurePrivateDir(places.configDir);
  await writeFileAtomic(places.configPath, text);
  return result;
}

/** What the change would make of the file, without writing it; `text` is null where the file is broken already. */
export async function tryConfigEdit(
  places: Places,
  change: (document: Document) => void,
): Promise<{ readonly result: ConfigResult; readonly text: string | null }> {
  const before = await readFile(places.configPath, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return HEADER;
    throw error;
  });
  const current = parseConfig(before);
  if (!current.ok) return { result: current, text: null };
  const document = parseDocument(before);
  change(document);
  const text = document.toString({ lineWidth: 110 });
  return { result: parseConfig(text), text };
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

/** Sets one setting; groups above it are made where the file has none. */
export function setSetting(keys: readonly (string | number)[], value: unknown): (document: Document) => void {
  return (document) => {
    if (!isCollection(document.contents)) document.contents = document.createNode({});
    for (let length = 1; length < keys.length; length += 1) {
      const part = keys.slice(0, length);
      if (isCollection(document.getIn(part, true))) continue;
      document.setIn(part, document.createNode(typeof keys[length] === 'number' ? [] : {}));
    }
    const old = document.getIn(keys, true);
    const next = document.createNode(value);
    if (isSeq(old) && isSeq(next)) {
      // Items that stay keep their comments.
      next.items = next.items.map((item) => old.items.find((known) => isSameScalar(known, item)) ?? item);
      if (old.comment !== undefined) next.comment = old.comment;
      if (old.commentBefore !== undefined) next.commentBefore = old.commentBefore;
    }
    document.setIn(keys, isScalar(next) ? next.value : next);
  };
}

/** Takes one setting out, so that its default counts again. What was written above it stays in the file. */
export function unsetSetting(keys: readonly (string | number)[]): (document: Document) => void {
  return (document) => {
    if (!isCollection(document.contents) || !document.hasIn(keys)) return;
    const holder = keys.length === 1 ? document.contents : document.getIn(keys.slice(0, -1), true);
    if (isMap(holder)) keepComment(holder, keys.at(-1));
    document.deleteIn(keys);
    // A group that is left empty says nothing; an item of a list is still an item.
    const above = keys.slice(0, -1);
    const isEmpty = isMap(holder) && holder.items.length === 0 && !holdsComment(holder);
    if (above.length > 0 && isEmpty && typeof above.at(-1) === 'string') unsetSetting(above)(document);
  };
}

function keepComment(
  map: { items: { key: unknown }[]; comment?: string | null | undefined },
  key: unknown,
): void {
  const index = map.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === key);
  const [here, next] = [map.items[index]?.key, map.items[index + 1]?.key];
  if (!isNode(here) || typeof here.commentBefore !== 'string') return;
  const said = here.commentBefore;
  if (isNode(next)) next.commentBefore = [said, next.commentBefore ?? []].flat().join('\n');
  else map.comment = [said, map.comment ?? []].flat().join('\n');
}

function holdsComment({ comment, commentBefore }: YAMLMap): boolean {
  return [comment, commentBefore].some((text) => typeof text === 'string' && text !== '');
}

function isSameScalar(one: unknown, other: unknown): boolean {
  return isScalar(one) && isScalar(other) && one.value === other.value;
}
