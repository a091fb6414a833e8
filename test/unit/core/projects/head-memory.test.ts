import { execFileSync } from 'node:child_process';
import { mkdtempSync, renameSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { createHeadMemory } from '../../../../core/projects/head-memory.ts';

const freshDir = (): string => mkdtempSync(join(tmpdir(), 'orch-head-'));
function git(dir: string, ...args: string[]): string {
  const who = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', ['-C', dir, ...who, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}
const commit = (dir: string, title: string): string => {
  git(dir, 'commit', '--allow-empty', '-m', title);
  return git(dir, 'rev-parse', 'HEAD');
};

test('follows every way HEAD can move', async () => {
  const dir = freshDir();
  const head = createHeadMemory(dir);
  expect(await head.read()).toBeNull();
  git(dir, 'init');
  expect(await head.read()).toBeNull();
  const first = commit(dir, 'first');
  expect(await head.read()).toBe(first);
  expect(await head.read()).toBe(first);
  const second = commit(dir, 'second');
  expect(await head.read()).toBe(second);
  git(dir, 'checkout', '-b', 'other', first);
  expect(await head.read()).toBe(first);
  git(dir, 'checkout', '--detach', second);
  expect(await head.read()).toBe(second);
  git(dir, 'checkout', 'main');
  git(dir, 'pack-refs', '--all');
  expect(await head.read()).toBe(second);
  const third = commit(dir, 'third, beside packed refs');
  expect(await head.read()).toBe(third);
  git(dir, 'reset', '--soft', first);
  expect(await head.read()).toBe(first);
  renameSync(join(dir, '.git'), join(dir, 'gone'));
  expect(await head.read()).toBeNull();
});

test('sees a commit in the tree above, and one behind a link', async () => {
  const dir = freshDir();
  git(dir, 'init');
  const first = commit(dir, 'first');
  const below = createHeadMemory(join(dir, 'packages/shop'));
  expect(await below.read()).toBe(first);
  const linkedDir = freshDir();
  symlinkSync(join(dir, '.git'), join(linkedDir, '.git'));
  const linked = createHeadMemory(linkedDir);
  expect(await linked.read()).toBe(first);
  const second = commit(dir, 'second');
  expect(await below.read()).toBe(second);
  expect(await linked.read()).toBe(second);
});
