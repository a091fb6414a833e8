import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { countReverts } from '../../../../core/evidence/git-reverts.ts';
import { madeUpProject, type MadeUpProject } from '../../../fakes/made-up-project.ts';

const NOW_MS = Date.parse('2026-01-05T10:00:00Z');
const DAY_MS = 86_400_000;
let project: MadeUpProject;
beforeEach(() => {
  project = madeUpProject();
});
afterEach(() => project.remove());

function git(...argv: string[]): void {
  execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org', ...argv], {
    cwd: project.dir,
    stdio: 'ignore',
  });
}

function commit(message: string, daysAgo: number, file = 'a.txt'): void {
  const date = new Date(NOW_MS - daysAgo * DAY_MS).toISOString();
  project.write(file, `${message} ${daysAgo}`);
  git('add', '.');
  execFileSync(
    'git',
    ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org', 'commit', '-m', message, '--date', date],
    { cwd: project.dir, stdio: 'ignore', env: { ...process.env, GIT_COMMITTER_DATE: date } },
  );
}

describe('countReverts', () => {
  it('counts reverts of 7 days, and no revert of a revert', async () => {
    git('init', '-q');
    commit('Revert "feat: old"', 9);
    commit('feat: one', 3);
    commit('Revert "feat: one"', 2);
    commit('revert: feat: two', 1);
    commit('Revert "Revert "feat: one""', 1);
    commit('docs: how to revert', 1);
    expect(await countReverts(project.dir, NOW_MS)).toBe(2);
  });

  it('looks at the project alone, where the tree holds several', async () => {
    git('init', '-q');
    commit('Revert "feat: one"', 1, 'shop/a.txt');
    commit('Revert "feat: two"', 1, 'other/a.txt');
    expect(await countReverts(join(project.dir, 'shop'), NOW_MS)).toBe(1);
  });

  it('knows nothing without git or before the first commit', async () => {
    expect(await countReverts(project.dir, NOW_MS)).toBeNull();
    git('init', '-q');
    expect(await countReverts(project.dir, NOW_MS)).toBeNull();
    expect(await countReverts(join(project.dir, 'no-such-folder'), NOW_MS)).toBeNull();
  });

  it('starts no program that the repository names', async () => {
    git('init', '-q');
    commit('feat: one', 1);
    const trap = join(project.dir, 'sprung');
    project.write('trap.sh', `#!/bin/sh\ntouch '${trap}'\n`);
    execFileSync('chmod', ['+x', join(project.dir, 'trap.sh')]);
    for (const key of ['core.fsmonitor', 'core.pager', 'pager.log', 'gpg.program', 'core.sshCommand'])
      git('config', key, join(project.dir, 'trap.sh'));
    git('config', 'log.showSignature', 'true');
    expect(await countReverts(project.dir, NOW_MS)).toBe(0);
    expect(existsSync(trap)).toBe(false);
  });
});
