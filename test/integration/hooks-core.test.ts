import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { Decision } from '../../shared/contract/decision.ts';
import type { GateReply } from '../../shared/contract/gate-ask.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import { makeRepository, repositoryEnv, timed, type HookedRepository } from './hooked-repository.ts';
import {
  makeHome,
  startDaemon,
  writeLaptop,
  writeProject,
  type Home,
  type Ran,
  type RunningDaemon,
} from './running-daemon.ts';

/** The hooks against the real core, at 12 % on battery: features wait, fixes go. */
const WAITS = 'orch: push to main blocked: battery 12 %, features need 20 %. Plug in, or push as a fix.';

let home: Home;
let daemon: RunningDaemon;
let repository: HookedRepository;
let base: string;

beforeAll(async () => {
  home = makeHome();
  writeLaptop(home.sysfsDir, { percent: 12, ac: false });
  repository = makeRepository(home.env);
  writeProject(repository.dir);
  writeFileSync(
    join(repository.dir, '.gitignore'),
    '.consciousness_report.json\npackages/*/.consciousness_report.json\n',
  );
  await home.orch('project', 'add', repository.dir);
  expect((await home.orch('hooks', 'install', repository.dir)).code).toBe(0);
  repository.commit('chore: begin', 'README.md');
  await timed('git', ['push', '-q', 'origin', 'main'], repository.dir, {
    ...home.env,
    ORCH_DISABLE_HOOKS: '1',
  });
  base = repository.git('rev-parse', 'main').trim();
  daemon = await startDaemon(home);
  await daemon.until(
    '/v1/decisions/shop?change=feature',
    ({ verdict }: Decision) => verdict === 'block',
    15_000,
  );
});
afterAll(async () => {
  await daemon.stop();
  repository.remove();
  home.remove();
});

beforeEach(() => {
  repository.git('checkout', '-q', '-B', 'main', base);
  repository.git('push', '-q', '-f', '--no-verify', 'origin', 'main');
});

const push = (): Promise<Ran> => repository.push('-q', 'origin', 'main');

describe('what lands decides', () => {
  test('a feature waits, in the words of the person', async () => {
    repository.commit('feat: sell more');
    const pushed = await push();
    expect(pushed.code).toBe(1);
    expect(pushed.stderr.split('\n')).toContain(WAITS);
  });

  test('a fix alone goes without a word, and so does a revert', async () => {
    repository.commit('fix: count right');
    expect(await push()).toMatchObject({ code: 0, stderr: '' });
    repository.git('revert', '--no-edit', 'HEAD');
    expect(await push()).toMatchObject({ code: 0, stderr: '' });
  });

  test('a feature between fixes is a feature, and so is a title without a type', async () => {
    repository.commit('fix: one');
    repository.commit('feat: two');
    repository.commit('fix: three');
    expect((await push()).stderr).toContain(WAITS);
    repository.git('reset', '-q', '--hard', base);
    repository.commit('some work');
    expect((await push()).stderr).toContain(WAITS);
  });

  test('a fix that touches the pipeline is no plain fix', async () => {
    repository.commit('fix: the build', '.github/workflows/build.yml');
    const pushed = await push();
    expect(pushed.code).toBe(1);
    expect(pushed.stderr).toContain('infrastructure changes');
  });

  test('a merge counts by what it brings in', async () => {
    repository.git('checkout', '-q', '-b', 'topic');
    repository.commit('fix: aside', 'aside.js');
    repository.git('checkout', '-q', 'main');
    repository.commit('fix: here');
    repository.git('merge', '-q', '--no-ff', '-m', "Merge branch 'topic'", 'topic');
    expect(await push()).toMatchObject({ code: 0, stderr: '' });
  });

  test('more than a hundred fixes are not looked through: the default change type speaks', async () => {
    for (let number = 0; number < 101; number += 1)
      repository.git('commit', '-q', '--no-verify', '--allow-empty', '-m', `fix: ${number}`);
    const pushed = await push();
    expect(pushed.code).toBe(1);
    expect(pushed.stderr).toContain('too many commits');
  }, 120_000);

  test('a branch set back to an older commit takes something away', async () => {
    repository.commit('feat: too early');
    repository.git('push', '-q', '--no-verify', 'origin', 'main');
    repository.git('reset', '-q', '--hard', base);
    expect(await repository.push('-q', '-f', 'origin', 'main')).toMatchObject({ code: 0 });
  });

  test('a remote tip that was never fetched is no reason to give up', async () => {
    repository.commit('fix: mine');
    const hook = await timed(
      join(repository.hooksDir, 'pre-push'),
      ['origin', repository.remoteDir],
      repository.dir,
      repositoryEnv(home.env),
      `refs/heads/main ${repository.git('rev-parse', 'HEAD').trim()} refs/heads/main ${'12'.repeat(20)}\n`,
    );
    expect(hook).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('where', () => {
  test('a linked work tree is judged as the project it belongs to', async () => {
    const tree = join(home.dir, 'tree');
    repository.git('worktree', 'add', '-q', '--detach', tree, base);
    writeFileSync(join(tree, 'new.js'), '1\n');
    const env = repositoryEnv(home.env);
    await timed('git', ['add', '.'], tree, env);
    await timed('git', ['commit', '-qm', 'feat: there'], tree, env);
    const pushed = await timed('git', ['push', '-q', 'origin', 'HEAD:main'], tree, env);
    expect(pushed.stderr).toContain(WAITS);
    repository.git('worktree', 'remove', '--force', tree);
  });

  test('of two projects in one repository the one that is touched speaks, and is named', async () => {
    const mono = makeRepository(home.env);
    for (const name of ['shop-api', 'shop-ui']) {
      mkdirSync(join(mono.dir, 'packages', name), { recursive: true });
      writeProject(join(mono.dir, 'packages', name));
      await home.orch('project', 'add', join(mono.dir, 'packages', name));
    }
    await home.orch('hooks', 'install', mono.dir);
    await daemon.until('/v1/state', ({ projects }: Snapshot) => projects.length >= 4, 15_000);
    mono.commit('docs: say what it is', 'README.md');
    expect(await mono.push('-q', 'origin', 'main')).toMatchObject({ code: 0, stderr: '' });
    mono.commit('feat: ask', 'packages/shop-api/ask.js');
    const pushed = await mono.push('-q', 'origin', 'main');
    expect(pushed.stderr).toContain('push to main (shop-api) blocked');
    await home.orch('project', 'remove', 'shop-api');
    await home.orch('project', 'remove', 'shop-ui');
    mono.remove();
  });

  test('a repository that holds no project goes with a line', async () => {
    const other = makeRepository(home.env);
    await home.orch('hooks', 'install', other.dir);
    other.commit('feat: x');
    const words = 'orch: this repository holds no registered project, gate skipped.\n';
    expect(await other.push('-q', 'origin', 'main')).toMatchObject({ code: 0, stderr: words });
    other.remove();
  });
});

describe('a commit', () => {
  const commit = (title: string): Promise<Ran> =>
    timed('git', ['commit', '-q', '--allow-empty', '-m', title], repository.dir, repositoryEnv(home.env));

  test('hears what it will count as where that may surprise, and is never stopped', async () => {
    expect(await commit('some work')).toMatchObject({ code: 0 });
    expect((await commit('some work')).stderr).toMatch(/^orch: counts as feature: .*\n$/);
    expect(await commit('feat: more')).toMatchObject({ code: 0, stderr: '' });
    mkdirSync(join(repository.dir, '.github/workflows'), { recursive: true });
    writeFileSync(join(repository.dir, '.github/workflows/x.yml'), 'on: push\n');
    repository.git('add', '.github');
    expect((await commit('fix: x')).stderr).toMatch(/^orch: counts as infra: .*CI.*\n$/);
  });

  test('is linked to its task by its trailer or its branch', async () => {
    const path = join(home.dir, 'commit-links.jsonl');
    const links = (): unknown[] =>
      existsSync(path)
        ? readFileSync(path, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as unknown)
        : [];
    await commit('feat: no task');
    expect(links()).toEqual([]);
    await commit('feat: one\n\nManus-Task: TeBim6FDQf9peS\nSigned-off-by: A Person <person@example.org>');
    repository.git('checkout', '-q', '-b', 'manus/abc123/words');
    await commit('feat: two');
    await commit('feat: three\n\nManus-Task: $(touch boo) "; rm -rf');
    const head = repository.git('rev-list', '-3', 'HEAD').trim().split('\n').reverse();
    expect(links()).toMatchObject([
      { repo: repository.dir, commit: head[0], task: 'TeBim6FDQf9peS' },
      { repo: repository.dir, commit: head[1], task: 'abc123' },
    ]);
    expect(Date.parse((links()[0] as { at: string }).at)).toBeGreaterThan(Date.now() - 60_000);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});

describe('the route', () => {
  const ask = async (body: unknown): Promise<{ status: number; body: GateReply }> => {
    const response = await fetch(`${daemon.endpoint.url}/v1/gates`, {
      method: 'POST',
      headers: { authorization: `Bearer ${daemon.endpoint.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as GateReply };
  };

  test('takes JSON as well, and keeps the decision for orch why', async () => {
    const asked = { kind: 'push', root: repository.dir, branches: ['main'], commits: [{ title: 'feat: x' }] };
    const { status, body } = await ask(asked);
    expect(status).toBe(200);
    expect(body).toMatchObject({ exitCode: 1, words: WAITS, verdict: 'block' });
    const why = await home.orch('why', body.decisionId ?? '');
    expect(why.code).toBe(0);
    expect((await ask({ ...asked, kind: 'pull' })).status).toBe(422);
    expect((await ask({ ...asked, branches: ['topic'] })).body).toMatchObject({ exitCode: 0, words: '' });
  });
});

test('a core that was away is told by its last report while that is young, and shows what was skipped', async () => {
  await daemon.stop();
  repository.commit('feat: meanwhile');
  expect((await push()).stderr).toContain(WAITS);
  const snapshotPath = join(home.dir, '.orchestrator_report.json');
  const old = JSON.parse(readFileSync(snapshotPath, 'utf8')) as Snapshot;
  writeFileSync(
    snapshotPath,
    JSON.stringify({ ...old, at: new Date(Date.now() - 3 * 60_000).toISOString() }),
  );
  expect(await push()).toMatchObject({ code: 0, stderr: 'orch: not running, gate skipped (recorded).\n' });
  daemon = await startDaemon(home);
  const { body } = await daemon.get('/v1/state');
  expect((body as Snapshot).notes).toContainEqual({
    code: 'gates-skipped',
    text: 'One gate was skipped while the core was away (shop).',
  });
});
