import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { headCommit } from '../../../../core/projects/head-commit.ts';

const SHA = '3f2a9c1d00000000000000000000000000000000';
const OTHER = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const hasGit = ((): boolean => {
  try {
    execFileSync('git', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'orch-head-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Files by path below the root. */
function files(texts: Record<string, string>): void {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

describe('headCommit', () => {
  it('follows a branch, a detached HEAD and packed refs', async () => {
    files({ '.git/HEAD': 'ref: refs/heads/main\n', '.git/refs/heads/main': `${SHA}\n` });
    expect(await headCommit(root)).toBe(SHA);
    files({ '.git/HEAD': `${OTHER}\n` });
    expect(await headCommit(root)).toBe(OTHER);
    files({
      '.git/HEAD': 'ref: refs/heads/packed\n',
      '.git/packed-refs': `# pack-refs with: peeled fully-peeled sorted \n${OTHER} refs/heads/not/packed\n${SHA} refs/heads/packed\n^${OTHER}\n`,
    });
    expect(await headCommit(root)).toBe(SHA);
  });

  it('finds the tree from a folder inside it: two projects of one repository', async () => {
    files({ '.git/HEAD': `${SHA}\n`, 'apps/shop/README.md': '' });
    expect(await headCommit(join(root, 'apps/shop'))).toBe(SHA);
  });

  it('understands linked work trees and submodules', async () => {
    files({
      'main/.git/refs/heads/side': SHA,
      'main/.git/worktrees/side/HEAD': 'ref: refs/heads/side\n',
      'main/.git/worktrees/side/commondir': '../..\n',
      'side/.git': 'gitdir: ../main/.git/worktrees/side\n',
    });
    expect(await headCommit(join(root, 'side'))).toBe(SHA);
  });

  it.each([
    ['no repository', {}],
    ['a branch without a commit', { '.git/HEAD': 'ref: refs/heads/main\n' }],
    ['rubbish', { '.git/HEAD': 'rubbish\n' }],
    ['a ref out of the folder', { '.git/HEAD': `ref: refs/../../sha\n`, sha: SHA }],
    ['refs that go round', { '.git/HEAD': 'ref: refs/heads/a', '.git/refs/heads/a': 'ref: refs/heads/a' }],
    ['a .git file that names nothing', { '.git': 'hello' }],
    ['a large HEAD', { '.git/HEAD': `${SHA}${' '.repeat(5000)}` }],
  ])('is null with %s', async (_, texts) => {
    files(texts);
    expect(await headCommit(root)).toBeNull();
  });

  it.skipIf(!hasGit)('agrees with git itself, loose, packed and in a work tree', async () => {
    const git = (...args: string[]): string =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
    git('init', '-q');
    git('commit', '-q', '--allow-empty', '-m', 'one');
    expect(await headCommit(root)).toBe(git('rev-parse', 'HEAD'));
    git('pack-refs', '--all');
    expect(await headCommit(root)).toBe(git('rev-parse', 'HEAD'));
    git('worktree', 'add', '-q', '-b', 'side', 'side');
    expect(await headCommit(join(root, 'side'))).toBe(git('rev-parse', 'HEAD'));
  });
});
