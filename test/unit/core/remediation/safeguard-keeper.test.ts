import { beforeEach, describe, expect, it } from 'vitest';

import { createSavedValue } from '../../../../core/alerts/saved-value.ts';
import { createMemoryRecord } from '../../../../core/history/memory-record.ts';
import { createActionBook } from '../../../../core/remediation/action-book.ts';
import type { ActionRecord } from '../../../../core/remediation/action-record.ts';
import { createActionStore, type ActionStore } from '../../../../core/remediation/action-store.ts';
import { isOfPerson } from '../../../../core/remediation/job-cause.ts';
import { createSafeguardActs, stepName } from '../../../../core/remediation/safeguard-act.ts';
import {
  createSafeguardKeeper,
  type SafeguardKeeper,
} from '../../../../core/remediation/safeguard-keeper.ts';
import {
  safeguardsConfigSchema,
  type SafeguardsConfig,
} from '../../../../shared/contract/remediation-config.ts';
import type { Snapshot } from '../../../../shared/contract/state.ts';
import { ARMED } from '../../../../shared/remediation/safeguard-rule.ts';
import { fakeClock, type FakeClock } from '../../../fakes/fake-clock.ts';
import { factsAt, fakeJobs } from '../../../fakes/fake-jobs.ts';

const STEPS = {
  steps: [{ builtIn: 'stop-jobs' }, { command: { run: ['backup', '--now'] } }, { builtIn: 'flush-state' }],
};
const critical = {
  level: 'CRITICAL',
  why: 'battery 4 %',
  onExternalPower: false,
  ups: [],
} as unknown as Snapshot['energy'];
const plugged = {
  level: 'FULL',
  why: 'plugged in',
  onExternalPower: true,
  ups: [],
} as unknown as Snapshot['energy'];

let clock: FakeClock;
let record: ReturnType<typeof createMemoryRecord>;
let store: ActionStore;
let done: string[];
/** The record takes nothing. */
let isRefusing: boolean;
beforeEach(() => {
  clock = fakeClock();
  record = createMemoryRecord();
  const disk = createActionStore(null);
  store = {
    ...disk,
    keep(action) {
      if (isRefusing) throw new Error('database disk image is malformed');
      disk.keep(action);
    },
  };
  done = [];
  isRefusing = false;
});

const newest = (): ActionRecord | undefined => store.list({ limit: 1 })[0];

/** A core on what one before it left; `hold` keeps a step from ending. */
function core(raw: object = STEPS, hold: Promise<void> | null = null): SafeguardKeeper {
  const config: SafeguardsConfig = safeguardsConfigSchema.parse(raw);
  const onFault = (error: unknown): void => {
    if (!isRefusing) throw error;
  };
  return createSafeguardKeeper({
    clock,
    book: createActionBook({ clock, record, store, onChange: () => undefined }),
    acts: {
      async perform(step) {
        const name = stepName(step);
        done.push(name);
        await hold;
        return { name, isOk: name !== 'backup --now', text: 'ended with 3' };
      },
    },
    memory: createSavedValue('safeguards', ARMED, { clock, record, onFault }),
    config: () => config,
    onFault,
  });
}

describe('safeguards', () => {
  it('count 60 s down in sight of everybody, then do each step in order', async () => {
    const keeper = core();
    keeper.look(critical);
    expect(newest()).toMatchObject({
      kind: 'safeguard',
      state: 'counting',
      cause: 'battery 4 %',
      can: ['cancel'],
      dueMs: clock.wallMs() + 60_000,
      text: 'In 60 s: end all managed jobs, then backup --now, then write everything to the disk.',
    });
    await clock.advanceMs(59_999);
    expect(done).toEqual([]);
    await clock.advanceMs(1);
    expect(done).toEqual(['end all managed jobs', 'backup --now', 'write everything to the disk']);
    expect(newest()).toMatchObject({
      state: 'failed',
      text: '1 of 3 failed; backup --now: ended with 3.',
    });
  });

  it('are called off by hand, and then not begun again before power from outside', async () => {
    const keeper = core();
    keeper.look(critical);
    const counting = newest();
    if (counting === undefined) throw new Error('nothing counts');
    expect(keeper.answer(counting, 'cancel', 'ann')).toBeNull();
    keeper.look(critical);
    await clock.advanceMs(600_000);
    expect(done).toEqual([]);
    expect(store.list({ limit: 9 })).toHaveLength(1);
    expect(newest()).toMatchObject({ state: 'cancelled', can: [] });
    keeper.look(plugged);
    keeper.look(critical);
    await clock.advanceMs(1);
    expect(newest()).toMatchObject({ state: 'counting' });
  });

  it('are begun and done as soon as the record takes that again', async () => {
    const keeper = core();
    isRefusing = true;
    expect(() => keeper.look(critical)).toThrow('malformed');
    isRefusing = false;
    keeper.look(critical);
    expect(newest()).toMatchObject({ state: 'counting' });
    isRefusing = true;
    await clock.advanceMs(60_000);
    expect(done).toEqual([]);
    isRefusing = false;
    keeper.look(critical);
    await clock.advanceMs(1);
    expect(done).toHaveLength(3);
    expect(store.list({ limit: 9 })).toHaveLength(1);
  });

  it('are called off by the cord', async () => {
    const keeper = core();
    keeper.look(critical);
    keeper.look(plugged);
    await clock.advanceMs(600_000);
    expect(newest()).toMatchObject({ state: 'cancelled', text: 'Called off: power from outside is back.' });
    expect(done).toEqual([]);
  });

  it('outlive a restart while they count, and remember the discharge', async () => {
    const first = core();
    first.look(critical);
    await first.stop();
    const next = core();
    next.start();
    next.look(critical);
    await clock.advanceMs(60_000);
    expect(done).toHaveLength(3);
    const third = core();
    third.start();
    third.look(critical);
    await clock.advanceMs(600_000);
    expect(done).toHaveLength(3);
  });

  it('begin no step twice when the core dies in the middle of one', async () => {
    const dead = core(STEPS, new Promise(() => undefined));
    dead.look(critical);
    await clock.advanceMs(60_000);
    expect(done).toEqual(['end all managed jobs']);
    core().start();
    await clock.advanceMs(1);
    expect(done).toEqual(['end all managed jobs', 'backup --now', 'write everything to the disk']);
  });

  it('do nothing where nothing is set, and where they only observe', async () => {
    core({}).look(critical);
    expect(newest()).toBeUndefined();
    const keeper = core({ ...STEPS, observeOnly: true });
    keeper.look(critical);
    keeper.look(critical);
    await clock.advanceMs(600_000);
    expect(newest()).toMatchObject({ state: 'observed' });
    expect(store.list({ limit: 9 })).toHaveLength(1);
    expect(done).toEqual([]);
  });
});

describe('a step', () => {
  it('ends the jobs that have started, and says how many', async () => {
    const cancelled: string[] = [];
    const job = (id: string, startedAt: string | null, endedAt: string | null): object => ({
      id,
      startedAt,
      endedAt,
    });
    const acts = createSafeguardActs({
      runner: { run: () => Promise.reject(new Error('no command is run')) },
      jobs: {
        list: () => [job('a', 'x', null), job('b', null, null), job('c', 'x', 'y')] as never,
        cancel: (id) => (cancelled.push(id), { id } as never),
      },
      database: null,
      platform: 'win32',
    });
    expect(await acts.perform({ builtIn: 'stop-jobs' }, 'battery 4 %')).toEqual({
      name: 'end all managed jobs',
      isOk: true,
      text: '1 job being ended',
    });
    expect(cancelled).toEqual(['a']);
    expect(await acts.perform({ builtIn: 'flush-state' }, 'battery 4 %')).toMatchObject({ isOk: true });
  });

  it('end jobs as the core, which says why; only a person does it by hand', async () => {
    const jobs = fakeJobs();
    jobs.power(factsAt('FULL'));
    for (const name of ['one', 'two']) jobs.add(name);
    await jobs.clock.advanceMs(0);
    jobs.desk.cancel(jobs.job('one').id);
    const acts = createSafeguardActs({
      runner: { run: () => Promise.reject(new Error('no command is run')) },
      jobs: jobs.desk,
      database: null,
      platform: 'win32',
    });
    await acts.perform({ builtIn: 'stop-jobs' }, 'battery 4 %');
    await jobs.clock.advanceMs(0);
    const cancels = jobs.audits.flatMap((audit, at) =>
      audit.startsWith('job-cancel') ? [[audit, jobs.causes[at] ?? '']] : [],
    );
    expect(cancels).toEqual([
      ['job-cancel one', 'by hand'],
      ['job-cancel two', 'safeguards, battery 4 %'],
    ]);
    expect(cancels.map(([, cause = '']) => isOfPerson(cause))).toEqual([true, false]);
    expect(jobs.job('one').reason).toBe('cancelled by ann; 1 ended');
    expect(jobs.job('two').reason).toBe('cancelled: safeguards, battery 4 %; 1 ended');
  });
});
