import { afterEach, describe, expect, it } from 'vitest';

import { standingAt } from '../../../fakes/manus-house.ts';
import { createManusBench, MINUTE_MS, HOUR_MS } from './manus-bench.ts';

const bench = createManusBench();
const { open, pass, view, titles, board, house } = bench;
afterEach(() => bench.close());

describe('the status board', () => {
  it('is created once where a person switched that on, and its title follows the state', async () => {
    const at = await board();
    expect(titles()).toEqual([
      expect.stringMatching(/^shop: HIGH 80 % · feature go · others go \[orch-[0-9a-f]{12}\]$/),
    ]);
    at.room().take(standingAt(12, 'block'));
    await pass(2 * MINUTE_MS);
    expect(titles()).toEqual([
      expect.stringMatching(/^shop: LOW 10 % · feature stop · fix go \[orch-[0-9a-f]{12}\]$/),
    ]);
    await at.restart();
    at.room().take(standingAt(12, 'block'));
    await pass(10 * MINUTE_MS);
    expect(at.manus.tasks).toHaveLength(1);
    expect(at.manus.invalid).toEqual([]);
  });

  it('is not created for what nobody registered, such as the machine itself', async () => {
    const at = await open({ createBoards: true });
    at.room().take(standingAt(80, 'allow', { id: 'infrastructure' }));
    await pass(5 * MINUTE_MS);
    expect(at.manus.tasks).toEqual([]);
  });

  it('is not created by a tick while the switch is off; a person may ask for one', async () => {
    const at = await open({});
    at.room().take(standingAt(80));
    await pass(HOUR_MS);
    expect(at.manus.tasks).toEqual([]);
    expect(at.room().desk.askBoard('shop')).toEqual({ isAsked: true });
    await pass(3 * MINUTE_MS);
    expect(at.manus.tasks).toHaveLength(1);
    expect(at.room().desk.askBoard('shop')).toEqual({ isAsked: false });
    expect(at.room().desk.askBoard('none')).toMatchObject({ refused: 'not-found' });
  });

  it('is told of a change at most once a minute, and of none when nothing changed', async () => {
    const at = await board();
    const updates = (): number[] =>
      at.manus.requests.filter(({ path }) => path === '/v2/task.update').map(({ atMs }) => atMs);
    const before = updates().length;
    for (let second = 0; second < 600; second += 10) {
      at.room().take(standingAt(20 + (second % 70)));
      await at.clock.advanceMs(10_000);
    }
    const told = updates().slice(before);
    expect(told.length).toBeGreaterThan(5);
    for (const [index, atMs] of told.entries())
      expect((told[index + 1] ?? Infinity) - atMs).toBeGreaterThanOrEqual(MINUTE_MS);
    await pass(2 * MINUTE_MS);
    const settled = updates().length;
    for (let minute = 0; minute < 30; minute += 1) {
      at.room().take(standingAt(20 + (590 % 70)));
      await pass(MINUTE_MS);
    }
    expect(updates()).toHaveLength(settled);
  });

  it('that somebody deleted is shown as missing and not made again', async () => {
    const at = await board();
    at.manus.tasks.length = 0;
    await pass(10 * MINUTE_MS);
    at.room().take(standingAt(40));
    await pass(10 * MINUTE_MS);
    expect(at.manus.tasks).toEqual([]);
    expect(view().projects[0]?.tasks[0]).toMatchObject({ differences: [{ what: 'missing' }] });
    expect(view().projects[0]?.tasks[0]?.differsSince).not.toBeNull();
  });

  it('that somebody renamed differs since then, until it is told anew', async () => {
    const at = await board();
    const [task] = at.manus.tasks;
    if (task !== undefined) task.title = 'mine now';
    await pass(2 * MINUTE_MS);
    expect(view().projects[0]?.tasks[0]?.differences).toMatchObject([{ what: 'title', theirs: 'mine now' }]);
    at.room().take(standingAt(40));
    await pass(3 * MINUTE_MS);
    expect(view().projects[0]?.tasks[0]).toMatchObject({ differences: [], differsSince: null });
  });
});

describe('tasks and commits', () => {
  const link = (task: string, commit = 'a'.repeat(40), patchId: string | null = 'p1'): boolean =>
    house()
      ?.room()
      .commitTasks.link({ project: 'shop', commit, task, patchId, source: 'hook', title: 'feat: x' }) ??
    false;

  it('are created for a commit that asks, once for each change, within the budget of a day', async () => {
    const at = await open({ createFromCommits: true, dailyTaskBudget: 2 });
    for (const patch of ['p1', 'p2', 'p3']) link('new', patch.repeat(20), patch);
    link('new', 'f'.repeat(40), 'p1');
    await pass(2 * HOUR_MS);
    expect(at.manus.tasks).toHaveLength(2);
    expect(at.manus.requests.filter(({ text }) => text.includes('"connectors":[]'))).toHaveLength(2);
    await pass(23 * HOUR_MS);
    expect(at.manus.tasks).toHaveLength(3);
    link('new', 'e'.repeat(40), 'p1');
    await pass(26 * HOUR_MS);
    expect(at.manus.tasks).toHaveLength(3);
    const linked = view().projects[0]?.tasks.map(({ commits }) => commits.map(({ commit }) => commit));
    expect(linked?.flat().sort()).toEqual(['e'.repeat(40), 'p2'.repeat(20), 'p3'.repeat(20)]);
  });

  it('are created once for each issue, where that is on', async () => {
    const at = await open({ createFromIssues: true });
    const issue = {
      project: 'shop',
      key: 'github ann/shop#12',
      title: 'Vouchers',
      url: 'https://github.com/ann/shop/issues/12',
    };
    expect(at.room().commitTasks.noteIssue(issue)).toBe(true);
    expect(at.room().commitTasks.noteIssue(issue)).toBe(false);
    await pass(5 * MINUTE_MS);
    expect(titles()).toEqual([expect.stringMatching(/^Vouchers \[orch-/)]);
    at.set({ createFromIssues: false });
    expect(at.room().commitTasks.noteIssue({ ...issue, key: 'github ann/shop#13' })).toBe(false);
  });

  it('are not created while that is off', async () => {
    const at = await open({});
    link('new');
    await pass(HOUR_MS);
    expect(at.manus.tasks).toEqual([]);
    expect(view().projects[0]?.asking).toHaveLength(1);
  });

  it('show both sides; our status follows deployments and goes before the title where wanted', async () => {
    const at = await open({ pushTaskStatus: true });
    const id = 'TeBim6FDQf9peSabcdEFGH';
    const nowMs = at.clock.wallMs();
    at.manus.tasks.push({
      id,
      title: 'Checkout',
      status: 'running',
      createdAtMs: nowMs - HOUR_MS,
      updatedAtMs: nowMs,
    });
    expect(link(id)).toBe(true);
    expect(link(id)).toBe(false);
    await pass(2 * MINUTE_MS);
    expect(view().projects[0]?.tasks[0]).toMatchObject({
      theirTitle: 'Checkout',
      theirStatus: 'running',
      ourStatus: null,
    });
    at.house.record().keepDeployment({
      id: 'd1',
      project: 'shop',
      commit: 'a'.repeat(12),
      startedAt: new Date(at.clock.wallMs()).toISOString(),
      finishedAt: new Date(at.clock.wallMs() + 1).toISOString(),
      result: 'ok',
      energyWh: null,
      energyProvenance: 'unknown',
    });
    await pass(4 * MINUTE_MS);
    expect(titles()).toEqual(['[deployed] Checkout']);
    expect(view().projects[0]?.tasks[0]).toMatchObject({
      ourStatus: 'deployed',
      differences: [{ what: 'status', ours: 'deployed', theirs: 'running' }],
    });
    expect(at.room().desk.setStatus(id, 'done')).toMatchObject({ ourStatus: 'done' });
    await pass(4 * MINUTE_MS);
    expect(titles()).toEqual(['[done] Checkout']);
  });

  it('a task that is too new for Manus to show is waited for', async () => {
    const at = await open({ createBoards: true });
    at.manus.lagMs = 90_000;
    at.room().take(standingAt(80));
    await pass(10_000);
    at.room().take(standingAt(40));
    await pass(5 * MINUTE_MS);
    expect(titles()).toEqual([expect.stringMatching(/^shop: MEDIUM 40 %/)]);
    expect(view().destinations['manus']).toMatchObject({ state: 'ok', deadCount: 0, queuedCount: 0 });
  });

  it('each act is in the audit, with its cause and without the key', async () => {
    const at = await board();
    const audits = at.house.record().audits({ limit: 50 });
    expect(audits).toMatchObject([
      {
        act: 'sync-sent',
        project: 'shop',
        cause: 'boards are to be created',
        detail: { destination: 'manus', request: 'task.create' },
      },
    ]);
    expect(JSON.stringify(audits)).not.toContain('sk-test-key');
  });
});

describe('the loop', () => {
  it('waits for nothing: a Manus that hangs holds no tick, and an unchanged one writes nothing', async () => {
    const at = await board();
    at.manus.faultOf = () => 'hang';
    at.room().take(standingAt(40));
    await pass(3 * MINUTE_MS);
    const changes = (): unknown => at.house.database().prepare('SELECT total_changes() AS n').get()?.['n'];
    const before = changes();
    for (let tick = 0; tick < 1000; tick += 1) at.room().take(standingAt(40));
    expect(changes()).toBe(before);
  });
});

describe('links that were noted while no core was there', () => {
  it('are looked up one after the other, however many they are', async () => {
    let [underWay, most, taken] = [0, 0, 0];
    const lines = Array.from({ length: 300 }, (_, index) => ({
      ...{ atMs: 0, repository: '/home/ann/shop', task: 'A'.repeat(22) },
      commit: index.toString(16).padStart(40, '0'),
    }));
    const parts = {
      newLinks: () => Promise.resolve(taken === 0 ? { lines, taken: () => (taken += 1) } : null),
      async git() {
        underWay += 1;
        most = Math.max(most, underWay);
        await Promise.resolve();
        underWay -= 1;
        return { ok: true, out: 'feat: a thing' } as const;
      },
    };
    await open({}, { parts });
    await expect.poll(() => pass(MINUTE_MS).then(() => taken), { timeout: 20_000 }).toBe(1);
    expect(view().projects[0]?.tasks[0]?.commits).toHaveLength(300);
    expect(most).toBe(1);
  });
});

describe('what is private', () => {
  it('is in no request, whatever the person says of the day', async () => {
    const at = await open({ createBoards: true, createFromCommits: true, pushTaskStatus: true });
    const secret = { wellbeing: 13, note: 'slept-badly on-call sick deep-work' };
    const reasons = [{ code: 'wellbeing-safe', text: 'Your well-being is 13: slept-badly' }];
    for (const percent of [80, 40, 12, 4]) {
      const snapshot = standingAt(percent, 'throttle', { scores: secret, problem: 'well-being 13' });
      const [project] = snapshot.projects;
      const decision = { verdict: 'throttle', reasons, bindingReason: reasons[0]?.text } as never;
      if (project !== undefined) project.decisions = { feature: decision };
      at.room().take(snapshot);
      await pass(5 * MINUTE_MS);
    }
    expect(at.manus.requests.length).toBeGreaterThan(10);
    for (const { text } of at.manus.requests) {
      expect(text).not.toMatch(/well-?being|slept|on-call|sick|deep-work|capacity/i);
      expect(text.split('\n').at(-1)).not.toMatch(/\b13\b/);
    }
  });
});
