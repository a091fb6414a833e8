import { beforeEach, describe, expect, it } from 'vitest';

import { createMemoryRecord } from '../../../core/history/memory-record.ts';
import type { ProjectEntry } from '../../../core/project-set.ts';
import { createActionBook, type ActionBook } from '../../../core/remediation/action-book.ts';
import type { ActionRecord } from '../../../core/remediation/action-record.ts';
import { createActionStore } from '../../../core/remediation/action-store.ts';
import {
  createActionsDesk,
  rollbackAnswers,
  type ActionsDesk,
} from '../../../core/remediation/actions-desk.ts';
import { createQuarantine, type Quarantine } from '../../../core/remediation/quarantine.ts';
import { createRollbackFlow, type RollbackFlow } from '../../../core/remediation/rollback-flow.ts';
import { createRollbackWatch } from '../../../core/remediation/rollback-watch.ts';
import type { RunRequest, RunResult } from '../../../core/remediation/runner.ts';
import { errorBudget, type ErrorBudget } from '../../../shared/consciousness/burn-rate.ts';
import { rollbackConfigSchema } from '../../../shared/contract/remediation-config.ts';
import { fakeClock, type FakeClock } from '../../fakes/fake-clock.ts';

/** Behaviour 29 and domain 1.5, by simulated time, with a command as the rollback. */
const MINUTE_MS = 60_000;
const [BAD, WORSE, FIX] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)];
const burning = (): ErrorBudget =>
  errorBudget({ '1h': { events: 100, errors: 50 }, '5m': { events: 20, errors: 20 } }, 99.9);
const calm = (): ErrorBudget =>
  errorBudget({ '1h': { events: 100, errors: 50 }, '5m': { events: 20, errors: 0 } }, 99.9);

let clock: FakeClock;
let record: ReturnType<typeof createMemoryRecord>;
let book: ActionBook;
let flow: RollbackFlow;
let quarantine: Quarantine;
let desk: ActionsDesk;
let ran: RunRequest[];
let outcome: Partial<RunResult>;
let level: string;
let reading: { budget: ErrorBudget | null; failed: number; services: number | null; head: string };

beforeEach(() => {
  clock = fakeClock();
  record = createMemoryRecord();
  ran = [];
  outcome = { isOk: true, outcome: 'ok', text: 'done', output: '' };
  level = 'HIGH';
  reading = { budget: null, failed: 0, services: 100, head: BAD };
  const store = createActionStore(null);
  book = createActionBook({ clock, record, store, onChange: () => quarantine.renew() });
  quarantine = createQuarantine(clock, store, record);
  flow = createRollbackFlow({
    clock,
    book,
    record,
    runner: {
      run(request) {
        ran.push(request);
        return Promise.resolve(outcome as RunResult);
      },
    },
    git: () => Promise.reject(new Error('no git here')),
    stateDir: '/nowhere',
    onFault: (error) => {
      throw error;
    },
  });
  desk = createActionsDesk({
    who: 'ann',
    book,
    answers: {
      rollback: rollbackAnswers({
        book,
        run: (id, who) => void flow.run(id, who),
        undo: (id, who) => void flow.undo(id, who),
        level: () => ({ level, why: 'battery 12 %' }),
      }),
      throttle: () => null,
      safeguard: () => null,
    },
    quarantineOf: (project, commit) => quarantine.ofCommit(project, commit),
  });
});

const entry = (raw: object): ProjectEntry =>
  ({
    project: {
      id: 'shop',
      path: '/shop',
      deployBranches: ['main'],
      rollback: rollbackConfigSchema.parse({ kind: 'command', command: { run: ['undo-it'] }, ...raw }),
    },
    watch: { evidence: () => ({ headCommit: reading.head }) },
    gatherer: {
      errorBudget: () => reading.budget,
      failedHealthChecks: () => reading.failed,
      measured: () => ({ measurements: { services: { value: reading.services } } }),
    },
  }) as unknown as ProjectEntry;
const newest = (): ActionRecord | undefined => book.store.list({ limit: 1 })[0];

function deploy(commit: string): void {
  const at = new Date(clock.wallMs()).toISOString();
  record.keepDeployment({
    id: `d-${commit.slice(0, 4)}`,
    project: 'shop',
    commit,
    startedAt: at,
    finishedAt: at,
    result: 'ok',
    energyWh: null,
    energyProvenance: 'unknown',
  });
}

/** A core that looks once a minute, with new readings each time. */
function looking(raw: object): (minutes?: number) => Promise<void> {
  const watch = createRollbackWatch({ clock, book, flow, record });
  const entries = [entry(raw)];
  return async (minutes = 1) => {
    for (let count = 0; count < minutes; count += 1) {
      await clock.advanceMs(MINUTE_MS);
      if (reading.budget !== null) reading.budget = { ...reading.budget };
      watch.look(entries);
      await clock.advanceMs(0);
    }
  };
}

describe('an automatic rollback', () => {
  it('runs once, marks the deployment, holds the commit, and says that it helped', async () => {
    deploy(BAD);
    const look = looking({ mode: 'automatic' });
    await look();
    expect(ran).toEqual([]);
    reading.budget = burning();
    await look(3);
    expect(ran).toHaveLength(1);
    expect(ran[0]).toMatchObject({ project: 'shop', facts: { ORCH_COMMIT: BAD, ORCH_PROJECT: 'shop' } });
    expect(newest()).toMatchObject({ state: 'verifying', subject: BAD });
    expect(record.deployment('d-aaaa')?.result).toBe('rolled-back');
    expect(quarantine.of(entry({}))).toMatchObject({ commit: BAD });
    expect(desk.quarantineOf('shop', BAD.slice(0, 8))).not.toBeNull();
    expect(desk.quarantineOf('shop', FIX)).toBeNull();
    const [open] = record.incidents({ sinceMs: 0 });
    expect(open).toMatchObject({ severity: 'major', closedAt: null });

    reading.budget = calm();
    await look();
    expect(newest()).toMatchObject({ state: 'helped', can: ['retry'] });
    expect(record.incidents({ sinceMs: 0 })[0]?.closedAt).not.toBeNull();
    reading.head = FIX;
    expect(quarantine.of(entry({}))).toBeNull();
  });

  it('says so when it did not help, and leaves the incident open', async () => {
    deploy(BAD);
    reading.budget = burning();
    const look = looking({ mode: 'automatic', verifyMinutes: 5 });
    await look(5);
    expect(newest()?.state).toBe('verifying');
    await look(2);
    expect(newest()?.state).toBe('not-helped');
    expect(record.incidents({ sinceMs: 0 })[0]?.closedAt).toBeNull();
    expect(ran).toHaveLength(1);
  });

  it('runs after three failed health checks, and does not take silence for health', async () => {
    deploy(BAD);
    const look = looking({ mode: 'automatic' });
    for (const failed of [1, 2, 3]) {
      reading = { ...reading, failed, services: 0 };
      await look();
      expect(ran).toHaveLength(failed === 3 ? 1 : 0);
    }
    reading = { ...reading, failed: 0, services: null };
    await look();
    expect(newest()?.state).toBe('verifying');
    reading.services = 100;
    await look();
    expect(newest()?.state).toBe('helped');
  });

  it.each(['LOW', 'CRITICAL'])('runs at %s, where its undo waits', async (now) => {
    level = now;
    deploy(BAD);
    reading.budget = burning();
    await looking({ mode: 'automatic', undo: { run: ['redo-it'] } })();
    expect(ran).toHaveLength(1);
    const id = newest()?.id ?? '';
    expect(desk.answer(id, 'undo')).toMatchObject({
      refused: 'conflict',
      text: expect.stringContaining('rolled forward') as string,
    });
    level = 'HIGH';
    expect(desk.answer(id, 'undo')).toMatchObject({ state: 'undoing' });
    await clock.advanceMs(0);
    expect(newest()).toMatchObject({ state: 'undone' });
    expect(ran[1]).toMatchObject({ command: { run: ['redo-it'] } });
    expect(quarantine.of(entry({}))).toBeNull();
  });

  it('asks for the third in 24 h, and acts again a day later', async () => {
    const look = looking({ mode: 'automatic', verifyMinutes: 1 });
    for (const commit of [BAD, WORSE]) {
      deploy(commit);
      reading.budget = burning();
      await look(3);
    }
    expect(ran).toHaveLength(2);
    deploy(FIX);
    await look(3);
    expect(ran).toHaveLength(2);
    expect(newest()).toMatchObject({ state: 'asking', subject: FIX });
    expect(desk.answer(newest()?.id ?? '', 'decline')).toMatchObject({ state: 'declined' });
    reading.budget = calm();
    await look(25 * 60);
    deploy('d'.repeat(40));
    reading.budget = burning();
    await look(2);
    expect(ran).toHaveLength(3);
  });

  it('asks again for a commit that a person let try again', async () => {
    deploy(BAD);
    const look = looking({ mode: 'automatic' });
    reading.budget = burning();
    await look();
    reading.budget = calm();
    await look();
    expect(desk.answer(newest()?.id ?? '', 'retry')).toMatchObject({ can: [] });
    expect(quarantine.of(entry({}))).toBeNull();
    await clock.advanceMs(MINUTE_MS);
    deploy(BAD);
    reading.budget = burning();
    await look(2);
    expect(ran).toHaveLength(1);
    expect(newest()).toMatchObject({ state: 'asking' });
    expect(newest()?.text).toContain('rolled back once already');
  });

  it('asks when its command fails, says why, and tries again when told', async () => {
    deploy(BAD);
    reading.budget = burning();
    outcome = { isOk: false, outcome: 'failed', text: 'ended with 3', output: '' };
    await looking({ mode: 'automatic' })(2);
    expect(newest()).toMatchObject({ state: 'asking', can: ['approve', 'decline'] });
    expect(newest()?.text).toContain('the command ended with 3');
    expect(quarantine.of(entry({}))).toBeNull();
    outcome = { isOk: true, outcome: 'ok', text: 'done', output: '' };
    desk.answer(newest()?.id ?? '', 'approve');
    await clock.advanceMs(0);
    expect(newest()?.state).toBe('verifying');
  });
});

describe('ask-me and observe-only', () => {
  it('wait for a person, once', async () => {
    deploy(BAD);
    reading.budget = burning();
    await looking({ mode: 'ask' })(3);
    expect(ran).toEqual([]);
    expect(book.store.list({ limit: 9 })).toHaveLength(1);
    expect(newest()).toMatchObject({ state: 'asking', can: ['approve', 'decline'] });
    desk.answer(newest()?.id ?? '', 'approve');
    await clock.advanceMs(0);
    expect(ran).toHaveLength(1);
    expect(record.audits({ actor: 'ann', limit: 9 }).map(({ act }) => act)).toEqual(['rollback-running']);
  });

  it('does nothing and records it, once', async () => {
    deploy(BAD);
    reading.budget = burning();
    await looking({ mode: 'observe' })(3);
    expect(ran).toEqual([]);
    expect(book.store.list({ limit: 9 })).toHaveLength(1);
    expect(newest()).toMatchObject({ state: 'observed', can: [] });
    expect(record.incidents({ sinceMs: 0 })).toEqual([]);
    expect(desk.answer(newest()?.id ?? '', 'approve')).toMatchObject({ refused: 'conflict' });
  });
});
