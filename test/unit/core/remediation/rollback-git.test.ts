import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createMemoryRecord } from '../../../../core/history/memory-record.ts';
import { gitProgram } from '../../../../core/hooks/git-program.ts';
import { processTable } from '../../../../core/remediation/process-table.ts';
import {
  revertOnRemote,
  type RevertOrder,
  type RevertParts,
  type RevertResult,
} from '../../../../core/remediation/rollback-git.ts';
import { createRunner, type Runner } from '../../../../core/remediation/runner.ts';
import { systemClock } from '../../../../core/system-clock.ts';
import { makeRepository, type HookedRepository } from '../../../integration/hooked-repository.ts';

let homeDir: string;
let repository: HookedRepository;
let runner: Runner;
let env: Record<string, string>;

beforeAll(() => {
  homeDir = mkdtempSync(join(tmpdir(), 'orch-rollback-'));
  env = {
    PATH: process.env['PATH'] ?? '',
    HOME: homeDir,
    XDG_CONFIG_HOME: homeDir,
    GIT_CONFIG_NOSYSTEM: '1',
  };
});
afterAll(() => rmSync(homeDir, { recursive: true, force: true }));
beforeEach(() => {
  repository = makeRepository(env);
  runner = createRunner({
    clock: systemClock,
    table: processTable(process.platform),
    record: createMemoryRecord(),
    env,
    home: homeDir,
    refusal: () => null,
    secrets: () => [],
  });
});
afterEach(() => repository.remove());

const parts = (more: Partial<RevertParts> = {}): RevertParts => ({
  git: gitProgram(env),
  runner,
  treesDir: join(homeDir, 'work-trees'),
  ...more,
});
const revert = (commit: string, more: Partial<RevertOrder> = {}, own = parts()): Promise<RevertResult> =>
  revertOnRemote(own, {
    actionId: 'a1',
    act: 'rollback',
    project: 'shop',
    folder: repository.dir,
    commit,
    remote: 'origin',
    branch: null,
    preferred: ['main', 'release/*'],
    cause: '3 health checks in a row failed',
    ...more,
  });
const pushed = async (title: string, path?: string): Promise<string> => {
  const commit = repository.commit(title, path);
  await repository.push('-q', '-u', 'origin', 'main');
  return commit;
};
const remoteLog = (branch = 'main'): string[] =>
  repository.git('-C', repository.remoteDir, 'log', '--format=%s', branch).trim().split('\n');

describe('a revert on the remote', () => {
  it('is one commit on top, and nothing of the person is touched', async () => {
    await pushed('feat: shop');
    const bad = await pushed('feat: faster checkout');
    writeFileSync(join(repository.dir, 'shop.js'), 'half a change\n');
    writeFileSync(join(repository.dir, 'staged.js'), 'staged\n');
    repository.git('add', 'staged.js');
    repository.git('checkout', '-q', '--detach');
    const before = repository.git('status', '--porcelain=v2', '--branch');

    const result = await revert(bad.slice(0, 9));

    expect(result).toEqual({
      kind: 'reverted',
      commit: bad,
      revert: repository.remoteTip('main'),
      branch: 'main',
    });
    expect(remoteLog()).toEqual(['Revert "feat: faster checkout"', 'feat: faster checkout', 'feat: shop']);
    const message = repository.git('log', '-1', '--format=%B', 'origin/main');
    expect(message).toContain(`This reverts commit ${bad}.`);
    expect(message).toContain('Rolled back because 3 health checks in a row failed.');
    expect(
      repository
        .git('log', '-1', '--format=%(trailers:key=Orch-Rollback-Of,valueonly)', 'origin/main')
        .trim(),
    ).toBe(bad);
    expect(repository.git('show', 'origin/main:shop.js')).toBe('1\n');
    expect(repository.git('status', '--porcelain=v2', '--branch')).toBe(before);
    expect(readFileSync(join(repository.dir, 'shop.js'), 'utf8')).toBe('half a change\n');
    expect(repository.git('worktree', 'list').trim().split('\n')).toHaveLength(1);
    expect(readdirSync(join(homeDir, 'work-trees'))).toEqual([]);
  });

  it('is made once, however often it is asked for, and again after it was taken back', async () => {
    await pushed('feat: shop');
    const bad = await pushed('feat: faster checkout');
    const first = await revert(bad);
    expect(await revert(bad)).toMatchObject({
      kind: 'reverted-already',
      revert: repository.remoteTip('main'),
    });
    expect(remoteLog()).toHaveLength(3);
    if (first.kind === 'stuck') throw new Error(first.why);
    expect(await revert(first.revert, { act: 'rollback-undo' })).toMatchObject({ kind: 'reverted' });
    expect(repository.git('show', 'origin/main:shop.js')).toBe('2\n');
    expect(await revert(bad)).toMatchObject({ kind: 'reverted' });
    expect(repository.git('show', 'origin/main:shop.js')).toBe('1\n');
  });

  it('sees the revert that a person pushed by hand', async () => {
    await pushed('feat: shop');
    const bad = await pushed('feat: faster checkout');
    repository.git('revert', '--no-edit', bad);
    await repository.push('-q', 'origin', 'main');
    expect(await revert(bad)).toMatchObject({ kind: 'reverted-already' });
    expect(remoteLog()).toHaveLength(3);
  });

  it('goes on with what others pushed meanwhile, and with a work tree that a dead core left', async () => {
    await pushed('feat: shop');
    const bad = await pushed('feat: faster checkout');
    const tree = join(homeDir, 'work-trees/rollback-a1');
    repository.git('worktree', 'add', '-q', '--detach', tree, 'origin/main');
    repository.git('-C', tree, 'revert', '--no-edit', bad);
    await pushed('docs: words', 'README.md');
    repository.git('reset', '-q', '--hard', bad);
    expect(await revert(bad)).toMatchObject({ kind: 'reverted' });
    expect(remoteLog()).toEqual([
      'Revert "feat: faster checkout"',
      'docs: words',
      'feat: faster checkout',
      'feat: shop',
    ]);
    expect(existsSync(tree)).toBe(false);
  });

  it('tries once more when somebody pushes in between', async () => {
    await pushed('feat: shop');
    const bad = await pushed('feat: faster checkout');
    const other = repository.commit('docs: in between', 'README.md');
    repository.git('reset', '-q', '--hard', bad);
    let pushes = 0;
    const slow: RevertParts['runner'] = {
      async run(request) {
        if (request.command.run.includes('push') && (pushes += 1) === 1)
          repository.git('push', '-q', 'origin', `${other}:main`);
        return runner.run(request);
      },
    };
    expect(await revert(bad, {}, parts({ runner: slow }))).toMatchObject({ kind: 'reverted' });
    expect(pushes).toBe(2);
    expect(remoteLog().slice(0, 2)).toEqual(['Revert "feat: faster checkout"', 'docs: in between']);
  });

  it('takes a merge back to its first parent', async () => {
    await pushed('feat: shop');
    repository.git('checkout', '-q', '-b', 'side');
    repository.commit('feat: gift cards', 'gifts.js');
    repository.git('checkout', '-q', 'main');
    repository.git('merge', '-q', '--no-ff', '-m', 'Merge side', 'side');
    await repository.push('-q', 'origin', 'main');
    const merge = repository.git('rev-parse', 'HEAD').trim();
    expect(await revert(merge)).toMatchObject({ kind: 'reverted', branch: 'main' });
    expect(repository.git('ls-tree', '--name-only', 'origin/main').trim()).toBe('shop.js');
  });

  it('is not refused by a hook of ours, and is by a foreign one', async () => {
    await pushed('feat: shop');
    const bad = await pushed('feat: faster checkout');
    repository.writeHook('pre-push', '#!/bin/sh\n[ "$ORCH_DISABLE_HOOKS" = 1 ] || exit 1\n');
    expect(await revert(bad)).toMatchObject({ kind: 'reverted' });
    const worse = (repository.git('pull', '-q', '--ff-only'), repository.commit('feat: worse'));
    repository.writeHook('pre-push', '#!/bin/sh\nexit 0\n');
    await repository.push('-q', 'origin', 'main');
    repository.writeHook('pre-push', '#!/bin/sh\necho the freeze is on >&2\nexit 1\n');
    expect(await revert(worse)).toEqual({ kind: 'stuck', why: 'the push failed: the freeze is on' });
    expect(remoteLog()[0]).toBe('feat: worse');
  });

  it.each<[string, () => Promise<[string, Partial<RevertOrder>]>, string]>([
    [
      'a conflict',
      async () => {
        const bad = await pushed('feat: faster checkout');
        await pushed('feat: on top');
        return [bad, {}];
      },
      'later commits changed the same lines of shop.js',
    ],
    [
      'no such remote',
      async () => [await pushed('feat: a'), { remote: 'nowhere' }],
      'the repository has no remote "nowhere"',
    ],
    [
      'no such commit',
      async () => (await pushed('feat: a'), ['abcdef0123', {}]),
      'the repository has no commit abcdef0123',
    ],
    [
      'a commit that was never pushed',
      async () => (await pushed('feat: a'), [repository.commit('feat: b'), {}]),
      'no branch of origin holds commit',
    ],
    [
      'another branch',
      async () => [await pushed('feat: a'), { branch: 'release' }],
      'origin/release does not hold commit',
    ],
    [
      'a remote that is gone',
      async () => {
        const bad = await pushed('feat: a');
        rmSync(repository.remoteDir, { recursive: true });
        return [bad, {}];
      },
      'the remote cannot be read:',
    ],
    [
      'no repository',
      async () => [await pushed('feat: a'), { folder: homeDir }],
      'its folder is no git repository',
    ],
  ])('asks at %s', async (_what, prepare, why) => {
    repository.commit('feat: shop');
    const [commit, more] = await prepare();
    const tip = repository.remoteTip('main');
    const result = await revert(commit, more);
    expect(result).toMatchObject({ kind: 'stuck' });
    expect(result.kind === 'stuck' && result.why).toContain(why);
    if (existsSync(repository.remoteDir)) expect(repository.remoteTip('main')).toBe(tip);
    expect(repository.git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  });

  it('picks the deploy branch among several that hold the commit', async () => {
    const bad = await pushed('feat: shop');
    await pushed('feat: more', 'more.js');
    repository.git('push', '-q', 'origin', 'main:other', 'main:wip/x');
    expect(await revert(bad, { preferred: ['main'] })).toMatchObject({ branch: 'main' });
    repository.git('-C', repository.remoteDir, 'update-ref', '-d', 'refs/heads/main');
    const result = await revert(bad, { preferred: ['main'] });
    expect(result.kind === 'stuck' && result.why).toContain('several branches of origin hold commit');
  });
});
