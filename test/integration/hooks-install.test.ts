import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { saying, startFakeGate, type FakeGate } from '../fakes/fake-gate-socket.ts';
import {
  gitIn,
  makeRepository,
  repositoryEnv,
  timed,
  writeHookFile,
  type HookedRepository,
} from './hooked-repository.ts';
import { makeHome, type Home, type Ran } from './running-daemon.ts';

/** Beside every tool that may have been there first. */
const OURS = ['commit-msg', 'post-commit', 'pre-push'];
const BLOCKED = 'orch: push to main blocked: no.';
const LEFTHOOK = join(import.meta.dirname, '../../node_modules/lefthook-linux-x64/bin/lefthook');

let home: Home;
let repository: HookedRepository;
let app: FakeGate;

beforeEach(async () => {
  home = makeHome();
  repository = makeRepository(home.env);
  app = await startFakeGate(home.dir);
  app.behave(saying(1, BLOCKED));
  expect((await home.orch('project', 'add', repository.dir)).code).toBe(0);
});
afterEach(async () => {
  await app.close();
  repository.remove();
  home.remove();
});

const install = (dir = repository.dir, ...flags: string[]): Promise<Ran> =>
  home.orch('hooks', 'install', dir, ...flags);
const uninstall = (dir = repository.dir): Promise<Ran> => home.orch('hooks', 'uninstall', dir);

async function states(dir = repository.dir): Promise<Record<string, string>> {
  const { stdout } = await home.orch('hooks', 'status', dir, '--json');
  const { hooks } = JSON.parse(stdout) as { hooks: { name: string; state: string }[] };
  return Object.fromEntries(hooks.map(({ name, state }) => [name, state]));
}

/** A hook of somebody else's that tells what it was given, and ends with what `FOREIGN_EXIT` says. */
const FOREIGN = `#!/bin/sh
{ printf 'name %s\\n' "\${0##*/}"; printf 'args %s\\n' "$*"; cat; } >>"$FOREIGN_LOG"
exit "\${FOREIGN_EXIT:-0}"
`;
function foreignEnv(exit = '0'): NodeJS.ProcessEnv {
  return { ...repositoryEnv(home.env), FOREIGN_LOG: join(home.dir, 'foreign.log'), FOREIGN_EXIT: exit };
}
const foreignLog = (): string =>
  existsSync(join(home.dir, 'foreign.log')) ? readFileSync(join(home.dir, 'foreign.log'), 'utf8') : '';

describe('a plain repository', () => {
  test('three hooks are put in, twice is the same as once, and nothing is left when they go', async () => {
    expect(await home.orch('hooks', 'status', repository.dir)).toMatchObject({ code: 1 });
    expect((await install()).code).toBe(0);
    expect(repository.hookNames()).toEqual(OURS);
    const before = OURS.map((name) => readFileSync(join(repository.hooksDir, name), 'utf8'));
    expect((await install()).code).toBe(0);
    expect(repository.hookNames()).toEqual(OURS);
    expect(OURS.map((name) => readFileSync(join(repository.hooksDir, name), 'utf8'))).toEqual(before);
    expect(await home.orch('hooks', 'status', repository.dir)).toMatchObject({ code: 0 });
    expect((await uninstall()).stdout).toContain('pre-push');
    expect(repository.hookNames()).toEqual([]);
    expect(await uninstall()).toMatchObject({ code: 0, stdout: 'No hook of ours was there.\n' });
  });

  test('status notices a hook that lost its x, was written for other branches, or is gone', async () => {
    await install();
    expect(await states()).toEqual({ 'pre-push': 'ours', 'commit-msg': 'ours', 'post-commit': 'ours' });
    chmodSync(join(repository.hooksDir, 'pre-push'), 0o644);
    expect(await states()).toMatchObject({ 'pre-push': 'not-executable' });
    await install();
    const settings = `projects: [{id: shop, path: '${repository.dir}', deployBranches: [release/*]}]\n`;
    writeFileSync(join(home.dir, 'config.yaml'), settings, { mode: 0o600 });
    expect(await states()).toMatchObject({ 'pre-push': 'outdated' });
    renameSync(join(repository.hooksDir, 'pre-push'), join(repository.hooksDir, 'away'));
    expect(await states()).toMatchObject({ 'pre-push': 'none' });
  });

  test('a strict hook stays one in status', async () => {
    await install(repository.dir, '--strict');
    expect(await states()).toMatchObject({ 'pre-push': 'ours' });
    expect((await home.orch('hooks', 'status', repository.dir)).stdout).toMatch(
      /^pre-push +in place, strict$/m,
    );
  });

  test('what is no repository, or a bare one, is refused with a sentence', async () => {
    expect(await install(home.dir)).toMatchObject({ code: 2 });
    const bare = await install(repository.remoteDir);
    expect(bare.code).toBe(2);
    expect(bare.stderr).toContain('bare repository');
    expect((await home.orch('hooks', 'instal', repository.dir)).code).toBe(2);
  });

  test('a repository that is no project gets its hooks and the command that registers it', async () => {
    const other = makeRepository(home.env);
    const ran = await install(other.dir);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain(`orch project add ${other.dir}`);
    other.remove();
  });
});

describe('a foreign hook', () => {
  test('is called first with the same name, arguments and input, then put back as it was', async () => {
    repository.writeHook('pre-push', FOREIGN, 0o750);
    await install();
    repository.commit('feat: a');
    app.behave(saying(0, ''));
    const tip = repository.git('rev-parse', 'main').trim();
    const pushed = await timed('git', ['push', '-q', 'origin', 'main'], repository.dir, foreignEnv());
    expect(pushed).toMatchObject({ code: 0, stderr: '' });
    expect(foreignLog()).toBe(
      `name pre-push\nargs origin ${repository.remoteDir}\nrefs/heads/main ${tip} refs/heads/main ${'0'.repeat(40)}\n`,
    );
    expect(app.requests).toHaveLength(1);
    await install();
    await uninstall();
    expect(repository.hookNames()).toEqual(['pre-push']);
    expect(readFileSync(join(repository.hooksDir, 'pre-push'), 'utf8')).toBe(FOREIGN);
    expect(statSync(join(repository.hooksDir, 'pre-push')).mode & 0o777).toBe(0o750);
  });

  test('that says no ends the push, and ours is not asked', async () => {
    repository.writeHook('pre-push', FOREIGN);
    await install();
    repository.commit('feat: a');
    const pushed = await timed('git', ['push', 'origin', 'main'], repository.dir, foreignEnv('9'));
    expect(pushed.code).toBe(1);
    expect(app.requests).toEqual([]);
    expect(pushed.stderr).not.toContain('orch:');
  });

  test('is called when ours are switched off, and may stop a commit', async () => {
    repository.writeHook('commit-msg', FOREIGN);
    await install();
    const off = { ...foreignEnv('3'), ORCH_DISABLE_HOOKS: '1' };
    const ran = await timed('git', ['commit', '--allow-empty', '-m', 'x'], repository.dir, off);
    expect(ran.code).toBe(1);
    expect(foreignLog()).toContain('name commit-msg\nargs .git/COMMIT_EDITMSG\n');
  });

  test('that git passes over for want of an x is not called either', async () => {
    repository.writeHook('pre-push', FOREIGN, 0o644);
    await install();
    repository.commit('feat: a');
    await timed('git', ['push', 'origin', 'main'], repository.dir, foreignEnv());
    expect(foreignLog()).toBe('');
    await uninstall();
    expect(statSync(join(repository.hooksDir, 'pre-push')).mode & 0o777).toBe(0o644);
  });

  test('may be a link, a program of another language, or have flags in its first line', async () => {
    mkdirSync(join(repository.dir, 'tools'));
    writeHookFile(join(repository.dir, 'tools'), 'push.sh', FOREIGN.replace('#!/bin/sh', '#!/bin/sh -e'));
    symlinkSync('../../tools/push.sh', join(repository.hooksDir, 'pre-push'));
    // Node would refuse a module with an ending that it does not know.
    writeFileSync(join(repository.dir, 'package.json'), '{"type":"module"}');
    repository.writeHook(
      'post-commit',
      `#!${process.execPath}\nimport { writeFileSync } from 'node:fs';\nwriteFileSync(process.env.FOREIGN_LOG + 2, 'x');\n`,
    );
    repository.writeHook('commit-msg', `#!/bin/sh -e\nfalse\n:\n`);
    expect(await install()).toMatchObject({ code: 0, stderr: '' });
    const committed = await timed(
      'git',
      ['commit', '--allow-empty', '-m', 'feat: x'],
      repository.dir,
      foreignEnv(),
    );
    expect(committed.code).toBe(1);
    writeFileSync(join(repository.hooksDir, 'commit-msg-orch-kept'), '#!/bin/sh -e\n:\n');
    const again = await timed(
      'git',
      ['commit', '--allow-empty', '-m', 'feat: x'],
      repository.dir,
      foreignEnv(),
    );
    expect(again).toMatchObject({ code: 0 });
    expect(readFileSync(join(home.dir, 'foreign.log2'), 'utf8')).toBe('x');
    await timed('git', ['push', 'origin', 'main'], repository.dir, foreignEnv());
    expect(foreignLog()).toContain('refs/heads/main');
    await uninstall();
    expect(repository.hookNames()).toEqual(OURS);
  });
});

describe('other places for hooks', () => {
  test('a linked work tree and a submodule', async () => {
    repository.commit('feat: a');
    const tree = join(home.dir, 'tree');
    repository.git('worktree', 'add', '-q', '-b', 'topic', tree);
    expect((await install(tree)).code).toBe(0);
    expect(repository.hookNames()).toEqual(OURS);
    const pushed = await timed('git', ['push', 'origin', 'topic:main'], tree, repositoryEnv(home.env));
    expect(pushed.code).toBe(1);
    expect(app.requests.at(-1)).toContain(`root ${tree}\nmain ${repository.dir}\n`);

    const outer = makeRepository(home.env);
    outer.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', repository.dir, 'lib');
    const lib = join(outer.dir, 'lib');
    gitIn(lib, repositoryEnv(home.env), 'checkout', '-q', '-B', 'main');
    expect((await install(lib)).code).toBe(0);
    expect(existsSync(join(outer.dir, '.git/modules/lib/hooks/pre-push'))).toBe(true);
    gitIn(lib, repositoryEnv(home.env), 'commit', '-q', '--allow-empty', '-m', 'feat: b');
    const target = ['push', outer.remoteDir, 'main'];
    expect((await timed('git', target, lib, repositoryEnv(home.env))).code).toBe(1);
    expect(app.requests.at(-1)).toContain(`root ${lib}\n`);
    await uninstall(lib);
    expect(existsSync(join(outer.dir, '.git/modules/lib/hooks/pre-push'))).toBe(false);
    outer.remove();
  });

  test('core.hooksPath: in the work tree, outside of it, and where there is no folder', async () => {
    repository.commit('feat: a');
    repository.git('config', 'core.hooksPath', '.githooks');
    const inside = await install();
    expect(inside).toMatchObject({ code: 0 });
    expect(inside.stderr).toContain('part of the work tree');
    expect(existsSync(join(repository.dir, '.githooks/pre-push'))).toBe(true);
    expect(repository.hookNames()).toEqual([]);
    expect((await repository.push('origin', 'main')).code).toBe(1);
    await uninstall();
    expect((await states())['pre-push']).toBe('none');

    const outside = join(home.dir, 'all-hooks');
    repository.git('config', 'core.hooksPath', outside);
    expect((await install()).stderr).toContain('other repositories');
    expect((await repository.push('origin', 'main')).code).toBe(1);

    repository.git('config', 'core.hooksPath', '/dev/null');
    const nowhere = await install();
    expect(nowhere.code).toBe(2);
    expect(nowhere.stderr).toContain('git config --unset core.hooksPath');
  });
});

describe('beside other tools', () => {
  test('husky: its stubs learn from $0 which script of the person they are', async () => {
    const stubs = join(repository.dir, '.husky/_');
    mkdirSync(stubs, { recursive: true });
    writeFileSync(join(stubs, '.gitignore'), '*');
    // The way of husky 9: every stub reads one script, which looks one folder up for a file of its own name.
    const runner = `#!/usr/bin/env sh\nn=$(basename "$0")\ns=$(dirname "$(dirname "$0")")/$n\n[ ! -f "$s" ] && exit 0\nsh -e "$s" "$@"\nexit $?\n`;
    writeHookFile(stubs, 'h', runner, 0o644);
    const stub = '#!/usr/bin/env sh\n. "$(dirname "$0")/h"\n';
    for (const name of [...OURS, 'pre-commit']) writeHookFile(stubs, name, stub);
    writeFileSync(join(repository.dir, '.husky/pre-push'), FOREIGN);
    repository.git('config', 'core.hooksPath', '.husky/_');
    expect((await install()).stderr).toBe('');
    repository.commit('feat: a');
    const pushed = await timed('git', ['push', 'origin', 'main'], repository.dir, foreignEnv());
    expect(pushed.code).toBe(1);
    expect(pushed.stderr).toContain(BLOCKED);
    expect(foreignLog()).toContain('name pre-push\n');
    // Its installer writes every stub anew.
    for (const name of OURS) writeHookFile(stubs, name, stub);
    expect(await states()).toMatchObject({ 'pre-push': 'foreign' });
    await install();
    expect((await timed('git', ['push', 'origin', 'main'], repository.dir, foreignEnv())).code).toBe(1);
    await uninstall();
    expect(readFileSync(join(stubs, 'pre-push'), 'utf8')).toBe(stub);
    expect(existsSync(join(stubs, 'pre-push-orch-kept'))).toBe(false);
  });

  test.runIf(existsSync(LEFTHOOK))('lefthook: before and after it is installed again over ours', async () => {
    const log = join(home.dir, 'lefthook.log');
    writeFileSync(
      join(repository.dir, 'lefthook.yml'),
      `pre-push:\n  commands:\n    note:\n      run: echo ran >>${log}\n`,
    );
    repository.commit('feat: a');
    const env = { ...repositoryEnv(home.env), LEFTHOOK_BIN: LEFTHOOK };
    const lefthook = (...args: string[]): number | null =>
      spawnSync(LEFTHOOK, args, { cwd: repository.dir, env }).status;
    expect(lefthook('install')).toBe(0);
    await install();
    const pushed = await timed('git', ['push', 'origin', 'main'], repository.dir, env);
    expect(pushed.stderr).toContain(BLOCKED);
    expect(readFileSync(log, 'utf8')).toBe('ran\n');

    expect(lefthook('install', '--force')).toBe(0);
    expect(await states()).toMatchObject({ 'pre-push': 'foreign' });
    await install();
    expect((await timed('git', ['push', 'origin', 'main'], repository.dir, env)).stderr).toContain(BLOCKED);
    expect(readFileSync(log, 'utf8')).toBe('ran\nran\n');
    await uninstall();
    expect(readFileSync(join(repository.hooksDir, 'pre-push'), 'utf8')).toContain('call_lefthook');
    expect(repository.hookNames().filter((name) => /orch|\.old$/.test(name))).toEqual([]);
  });

  test('pre-commit: it puts ours aside and calls it; neither order loses a hook or runs for ever', async () => {
    // The way of pre-commit: the hook that was there becomes .legacy and is called first, with the same input.
    const theirs = `#!/usr/bin/env bash\n# File generated by pre-commit\nHERE="$(cd "$(dirname "$0")" && pwd)"\ninput=$(cat)\nif [ -x "$HERE/pre-push.legacy" ]; then printf '%s\\n' "$input" | "$HERE/pre-push.legacy" "$@" || exit 1; fi\nprintf 'pre-commit %s\\n' "$input" >>"$FOREIGN_LOG"\n`;
    const hook = join(repository.hooksDir, 'pre-push');
    repository.writeHook('pre-push', FOREIGN);
    await install();
    renameSync(hook, `${hook}.legacy`);
    repository.writeHook('pre-push', theirs);
    repository.commit('feat: a');
    const push = (): Promise<Ran> => timed('git', ['push', 'origin', 'main'], repository.dir, foreignEnv());
    expect((await push()).stderr).toContain(BLOCKED);
    expect(foreignLog()).toContain('name pre-push');

    await install();
    expect((await push()).stderr).toContain(BLOCKED);
    expect(foreignLog()).toMatch(/name pre-push.legacy\n[^]*pre-commit refs\/heads\/main/);
    // Once more: ours is now both in front and behind.
    renameSync(hook, `${hook}.legacy`);
    repository.writeHook('pre-push', theirs);
    expect((await push()).stderr).toContain(BLOCKED);

    await uninstall();
    expect(readFileSync(hook, 'utf8')).toBe(theirs);
    expect(repository.hookNames().filter((name) => name.includes('orch'))).toEqual([]);
    for (const name of repository.hookNames()) {
      expect(readFileSync(join(repository.hooksDir, name), 'utf8')).not.toContain('meta-orchestrator');
    }
  });
});
