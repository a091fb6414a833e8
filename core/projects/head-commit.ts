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
  const gitDir = await findGitDir(projectDir);
  if (gitDir === null) return null;
  const commonDir = await commonDirOf(gitDir);
  let ref = 'HEAD';
  for (let link = 0; link < MOST_LINKS; link += 1) {
    const text = (await smallText(join(gitDir, ref))) ?? (await smallText(join(commonDir, ref)));
    if (text === null) return packedRef(commonDir, ref);
    if (SHA.test(text)) return text;
    const next = /^ref:\s*(refs\/\S+)$/.exec(text)?.[1];
    if (next === undefined || next.split('/').includes('..')) return null;
    ref = next;
  }
  return null;
}

/** `.git` is a folder, or in linked work trees and submodules a file that names one. */
async function findGitDir(projectDir: string): Promise<string | null> {
  for (let dir = resolve(projectDir); ; dir = dirname(dir)) {
    const dotGit = join(dir, '.git');
    const stats = await stat(dotGit).catch(() => null);
    if (stats?.isDirectory() === true) return dotGit;
    if (stats?.isFile() === true) {
      const named = /^gitdir:\s*(.+)$/.exec((await smallText(dotGit)) ?? '')?.[1];
      return named === undefined ? null : resolve(dir, named);
    }
    if (dirname(dir) === dir) return null;
  }
}

async function commonDirOf(gitDir: string): Promise<string> {
  const named = await smallText(join(gitDir, 'commondir'));
  return named === null ? gitDir : resolve(gitDir, named);
}

async function packedRef(commonDir: string, ref: string): Promise<string | null> {
  const packed = await readRegularFile(join(commonDir, 'packed-refs'), PACKED_REFS_BYTES).catch(() => null);
  if (packed === null) return null;
  const line = packed.text.split('\n').find((candidate) => candidate.endsWith(` ${ref}`));
  const sha = line?.split(' ')[0];
  return sha !== undefined && SHA.test(sha) ? sha : null;
}

async function smallText(path: string): Promise<string | null> {
  const read = await readRegularFile(path, SMALL_BYTES).catch(() => null);
  return read === null ? null : read.text.trim();
}
