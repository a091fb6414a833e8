import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { readRegularFile } from './regular-file.ts';

const SMALL_BYTES = 4096;
const PACKED_REFS_BYTES = 16 * 1024 * 1024;
/** Links from one ref to another; git itself stops at five. */
const MOST_LINKS = 5;
const SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * The commit that HEAD of a work tree points at, read from git's files without starting git. Works in a
 * subfolder of the tree, in linked work trees and submodules. Null without git, before the first commit, and
 * where the files cannot be understood; never throws.
 */
export async function headCommit(projectDir: string): Promise<string | null> {
  return (await readHead(projectDir)).commit;
}

/** The same, with every path that was looked at on the way: while none of them changes, neither does the answer. */
export async function readHead(
  projectDir: string,
): Promise<{ readonly commit: string | null; readonly consulted: readonly string[] }> {
  const consulted: string[] = [];
  return { commit: await commitOf(projectDir, (path) => consulted.push(path)), consulted };
}

type Consulted = (path: string) => void;

async function commitOf(projectDir: string, consulted: Consulted): Promise<string | null> {
  const gitDir = await findGitDir(projectDir, consulted);
  if (gitDir === null) return null;
  const commonDir = await commonDirOf(gitDir, consulted);
  let ref = 'HEAD';
  for (let link = 0; link < MOST_LINKS; link += 1) {
    const text =
      (await smallText(join(gitDir, ref), consulted)) ?? (await smallText(join(commonDir, ref), consulted));
    if (text === null) return packedRef(commonDir, ref, consulted);
    if (SHA.test(text)) return text;
    const next = /^ref:\s*(refs\/\S+)$/.exec(text)?.[1];
    if (next === undefined || next.split('/').includes('..')) return null;
    ref = next;
  }
  return null;
}

/** `.git` is a folder, or in linked work trees and submodules a file that names one. */
async function findGitDir(projectDir: string, consulted: Consulted): Promise<string | null> {
  for (let dir = resolve(projectDir); ; dir = dirname(dir)) {
    const dotGit = join(dir, '.git');
    consulted(dotGit);
    const stats = await stat(dotGit).catch(() => null);
    if (stats?.isDirectory() === true) return dotGit;
    if (stats?.isFile() === true) {
      const named = /^gitdir:\s*(.+)$/.exec((await smallText(dotGit, consulted)) ?? '')?.[1];
      return named === undefined ? null : resolve(dir, named);
    }
    if (dirname(dir) === dir) return null;
  }
}

async function commonDirOf(gitDir: string, consulted: Consulted): Promise<string> {
  const named = await smallText(join(gitDir, 'commondir'), consulted);
  return named === null ? gitDir : resolve(gitDir, named);
}

async function packedRef(commonDir: string, ref: string, consulted: Consulted): Promise<string | null> {
  const path = join(commonDir, 'packed-refs');
  consulted(path);
  const packed = await readRegularFile(path, PACKED_REFS_BYTES).catch(() => null);
  if (packed === null) return null;
  const line = packed.text.split('\n').find((candidate) => candidate.endsWith(` ${ref}`));
  const sha = line?.split(' ')[0];
  return sha !== undefined && SHA.test(sha) ? sha : null;
}

async function smallText(path: string, consulted: Consulted): Promise<string | null> {
  consulted(path);
  const read = await readRegularFile(path, SMALL_BYTES).catch(() => null);
  return read === null ? null : read.text.trim();
}
