import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { gitProgram } from '../../core/hooks/git-program.ts';
import { createGitPatches } from '../../core/sync/git-patches.ts';
import { readNewLinks } from '../../core/sync/link-file.ts';
import { createSyncRoom, type SyncRoom } from '../../core/sync/sync-room.ts';
import { configSchema } from '../../shared/contract/config.ts';
import { manusService, type ManusService } from '../fakes/manus-server.ts';
import { syncHouse, type SyncHouse } from '../fakes/sync-house.ts';

const TASK = 'TeBim6FDQf9peSabcdEFGH';
let dir: string;
let house: SyncHouse;
let manus: ManusService;
let room: SyncRoom;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'orch-links-'));
  git('init', '-q', '-b', 'main');
  commit('base', 'a\nb\nc\nd\ne\n');
  house = await syncHouse();
  manus = manusService(house.clock);
  const manusConfig = { enabled: true, createFromCommits: true };
  const config = configSchema.parse({ projects: [{ id: 'shop', path: dir }], sync: { manus: manusConfig } });
  room = createSyncRoom({
    clock: house.clock,
    chance: () => 0.5,
    env: process.env,
    record: house.record(),
    database: house.database(),
    config: () => config,
    onFault(error) {
      throw error;
    },
    fetch: manus.fetch,
    readKey: () => Promise.resolve('sk-test-key'),
    newLinks: (store) => readNewLinks(join(dir, 'links.jsonl'), store),
    git: gitProgram(process.env),
    patches: createGitPatches(process.env),
  });
  room.start();
});
afterEach(async () => {
  await room.stop();
  house.remove();
  rmSync(dir, { recursive: true, force: true });
});

function git(...args: readonly string[]): string {
  const who = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', ['-C', dir, ...who, ...args], { encoding: 'utf8' }).trim();
}

function commit(message: string, text: string): string {
  writeFileSync(join(dir, 'file'), text);
  git('add', 'file');
  git('commit', '-q', '-m', message);
  return git('rev-parse', 'HEAD');
}

function noted(sha: string, task: string): void {
  const line = { at: '2026-01-05T10:00:00+01:00', repo: dir, commit: sha, task };
  appendFileSync(join(dir, 'links.jsonl'), `${JSON.stringify(line)}\n`);
}

const linked = (): readonly string[] =>
  room.desk
    .view()
    .projects.flatMap(({ tasks, asking }) => [
      ...tasks.flatMap(({ task, commits }) => commits.map((each) => `${each.commit} ${task}`)),
      ...asking.map((each) => `${each.commit} new`),
    ]);

/** Rounds go on, git works in between. */
async function until(isSo: () => boolean, stepMs = 60_000): Promise<void> {
  for (let turn = 0; turn < 400 && !isSo(); turn += 1) {
    await house.clock.advanceMs(stepMs);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(isSo()).toBe(true);
}

it('takes what the hook noted, once, and passes over what makes no sense', async () => {
  const sha = commit('feat: x', 'a\nb\nc\nd\ne\nf\n');
  appendFileSync(join(dir, 'links.jsonl'), 'rubbish\n{"at":"x"}\n');
  noted(sha, TASK);
  noted(sha, TASK);
  noted(sha, 'no-task');
  await until(() => linked().length > 0);
  expect(linked()).toEqual([`${sha} ${TASK}`]);
  appendFileSync(join(dir, 'links.jsonl'), '{"at":"2026-01-05T10:00');
  await house.clock.advanceMs(120_000);
  expect(linked()).toEqual([`${sha} ${TASK}`]);
});

it('follows a commit through a rebase, whether or not the hook told of it', async () => {
  const first = commit('feat: x', 'a\nb\nc\nd\ne\nf\n');
  noted(first, TASK);
  await until(() => linked().length > 0);
  git('checkout', '-q', '-b', 'other', 'HEAD~1');
  writeFileSync(join(dir, 'another'), 'x');
  git('add', 'another');
  git('commit', '-q', '-m', 'chore: y');
  git('checkout', '-q', 'main');
  git('rebase', '-q', 'other');
  const second = git('rev-parse', 'HEAD');
  expect(second).not.toBe(first);
  await until(() => linked().includes(`${second} ${TASK}`), 20 * 60_000);
  expect(linked()).toEqual([`${second} ${TASK}`]);
});

it('follows a commit that a person linked', async () => {
  const first = commit('feat: x', 'a\nb\nc\nd\ne\nf\n');
  expect(room.desk.link({ repository: dir, commit: first, task: TASK })).toMatchObject({
    project: 'shop',
    isNew: true,
  });
  expect(room.desk.link({ repository: dir, commit: first, task: TASK })).toMatchObject({ isNew: false });
  expect(room.desk.link({ repository: '/elsewhere', commit: first, task: TASK })).toMatchObject({
    refused: 'not-found',
  });
  expect(room.desk.link({ repository: dir, commit: first, task: 'x' })).toMatchObject({ refused: 'invalid' });
  git('commit', '-q', '--amend', '-m', 'feat: better words');
  const second = git('rev-parse', 'HEAD');
  await until(() => linked().includes(`${second} ${TASK}`), 20 * 60_000);
  expect(linked()).toEqual([`${second} ${TASK}`]);
});

it('creates one task for a commit that asks, however often it is rewritten', async () => {
  const first = commit('feat: vouchers\n\nManus-Task: new', 'a\nb\nc\nd\ne\nf\n');
  noted(first, 'new');
  await until(() => manus.tasks.length > 0);
  git('commit', '-q', '--amend', '-m', 'feat: vouchers, better words\n\nManus-Task: new');
  const second = git('rev-parse', 'HEAD');
  noted(second, 'new');
  const [task] = manus.tasks;
  await until(() => linked().includes(`${second} ${task?.id ?? ''}`));
  expect(manus.tasks.map(({ title }) => title)).toEqual([expect.stringMatching(/^feat: vouchers \[orch-/)]);
  expect(linked()).toHaveLength(1);
});
