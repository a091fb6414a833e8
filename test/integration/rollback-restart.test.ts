import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openRecord } from '../../core/history/open-record.ts';
import { createActionStore } from '../../core/remediation/action-store.ts';
import type { RollbackKept } from '../../core/remediation/rollback-kept.ts';
import { rollbackConfigSchema } from '../../shared/contract/remediation-config.ts';
import type { Action } from '../../shared/contract/remediation.ts';
import { makeRepository, writeHookFile, type HookedRepository } from './hooked-repository.ts';
import { eventually } from './nut-server.ts';
import { makeHome, startDaemon, writeLaptop } from './running-daemon.ts';

const home = makeHome();
let repository: HookedRepository;
let bad: string;

const subjects = (): string[] =>
  repository.git('-C', repository.remoteDir, 'log', '--format=%s', 'main').trim().split('\n');
const id = 'aaaaaaaa-0000-4000-8000-000000000001';

/** A rollback that waits for a person, as the core before left it. */
async function leaveAsking(): Promise<void> {
  const { record, database } = await openRecord(join(home.dir, 'history.db'), Date.now());
  const rollback = { kind: 'git-revert', mode: 'ask' } as const;
  record.keepDeployment({
    id: 'd1',
    project: 'shop',
    commit: bad,
    startedAt: new Date().toISOString(),
    finishedAt: new Date().toISOString(),
    result: 'ok',
    energyWh: null,
    energyProvenance: 'unknown',
  });
  createActionStore(database).keep({
    id,
    kind: 'rollback',
    project: 'shop',
    subject: bad,
    state: 'asking',
    title: 'Roll back',
    cause: '3 health checks in a row failed',
    text: 'Waits for a person.',
    beganMs: Date.now(),
    endedMs: null,
    dueMs: null,
    undo: 'Reverts the revert, and pushes that.',
    can: ['approve', 'decline'],
    detail: {},
    kept: {
      deploymentId: 'd1',
      incidentId: null,
      trigger: 'health',
      config: rollbackConfigSchema.parse(rollback),
      folder: repository.dir,
      preferred: ['main'],
      doneMs: null,
      revert: null,
      isQuarantined: false,
    } satisfies RollbackKept,
  });
  record.close();
}

describe('a core that is killed in the middle of a rollback', () => {
  beforeAll(async () => {
    repository = makeRepository(home.env);
    repository.commit('feat: shop');
    bad = repository.commit('feat: faster checkout');
    await repository.push('-q', 'origin', 'main');
    writeLaptop(home.sysfsDir, { percent: 80, ac: true });
    mkdirSync(home.dir, { recursive: true });
    home.configure({ projects: [{ id: 'shop', path: repository.dir, rollback: { kind: 'git-revert' } }] });
    await leaveAsking();
  });
  afterAll(() => {
    repository.remove();
    home.remove();
  });

  it.each([
    ['before the push arrives', 'pre-receive'],
    ['after the push arrived, before it is told', 'post-receive'],
  ])(
    '%s: the next one goes on with it, and there is one revert',
    async (_what, hook) => {
      const mark = join(home.dir, hook);
      const hooksDir = join(repository.remoteDir, 'hooks');
      writeHookFile(hooksDir, hook, `#!/bin/sh\n[ -e '${mark}' ] && exit 0\n: > '${mark}'\nexec sleep 30\n`);
      const first = await startDaemon(home, '--quiet');
      const before = subjects().length;
      const approved = await home.orch('actions', 'approve', id.slice(0, 8), '--json');
      expect(approved.stdout).toContain('"state":"running"');
      await eventually('a push under way', () => Promise.resolve(existsSync(mark)), 20_000);
      first.child.kill('SIGKILL');
      await new Promise((gone) => first.child.once('exit', gone));

      const next = await startDaemon(home, '--quiet');
      const state = async (): Promise<Action['state'] | undefined> =>
        ((await next.get(`/v1/actions/${id}`)).body as Action).state;
      await eventually('a rollback that is done', async () => (await state()) === 'verifying', 30_000);
      expect(subjects().slice(0, 2)).toEqual(['Revert "feat: faster checkout"', 'feat: faster checkout']);
      expect(subjects()).toHaveLength(before + 1);
      expect(repository.git('worktree', 'list').trim().split('\n')).toHaveLength(1);
      expect(readdirSync(join(home.dir, 'work-trees'))).toEqual([]);
      const listed = await home.orch('actions');
      expect(listed.stdout).toContain('shop  Roll back: verifying, because 3 health checks in a row failed.');
      const gate = await home.orch('gate', 'shop', '--change', 'feature');
      expect(gate).toMatchObject({ code: 1 });
      expect(gate.stdout).toContain('quarantine');
      const again = await home.orch('deploy', 'start', 'shop', '--commit', bad);
      expect(again.code).not.toBe(0);
      expect(again.stderr).toContain('quarantine');
      await next.stop();

      // As it was, for the other moment.
      repository.git('push', '-q', '--force', 'origin', `${bad}:main`);
      await leaveAsking();
    },
    90_000,
  );
});
