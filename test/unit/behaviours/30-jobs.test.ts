import { describe, expect, it } from 'vitest';

import { factsAt, fakeJobs, type FakeJobs } from '../../fakes/fake-jobs.ts';

/** Behaviour 30, the part on jobs, and domain 1.5, by simulated time. */
const MINUTE_MS = 60_000;

async function running(jobs: FakeJobs, ...names: string[]): Promise<void> {
  jobs.power(factsAt('FULL'));
  for (const name of names) jobs.add(name);
  await jobs.clock.advanceMs(0);
  jobs.acts.length = 0;
}

describe('a job that runs', () => {
  it('at LOW is signalled at once and stands 60 s later, not sooner', async () => {
    const jobs = fakeJobs();
    await running(jobs, 'train');
    jobs.power(factsAt('LOW'));
    expect(jobs.acts).toEqual(['checkpoint train']);
    expect(jobs.job('train')).toMatchObject({
      state: 'checkpointing',
      reason: 'saves its work, LOW (as at LOW)',
      untilAt: '2026-01-05T10:01:00.000Z',
    });
    await jobs.clock.advanceMs(59_900);
    expect(jobs.acts).toEqual(['checkpoint train']);
    await jobs.clock.advanceMs(200);
    expect(jobs.acts).toEqual(['checkpoint train', 'stop train']);
    expect(jobs.job('train')).toMatchObject({ state: 'paused', reason: 'paused, LOW (as at LOW)' });
    expect(jobs.audits.slice(-2)).toEqual(['job-checkpoint train', 'job-pause train']);
  });

  it('goes on undisturbed when the power is back within the 60 s', async () => {
    const jobs = fakeJobs();
    await running(jobs, 'train');
    jobs.power(factsAt('LOW'));
    await jobs.clock.advanceMs(30_000);
    jobs.power(factsAt('FULL'));
    await jobs.clock.advanceMs(5 * MINUTE_MS);
    expect(jobs.acts).toEqual(['checkpoint train']);
    expect(jobs.states()).toEqual({ train: 'running' });
  });

  it('at CRITICAL stands at once, also in the middle of the 60 s', async () => {
    const jobs = fakeJobs();
    await running(jobs, 'train');
    jobs.power(factsAt('CRITICAL'));
    expect(jobs.acts).toEqual(['stop train']);
    const other = fakeJobs();
    await running(other, 'train');
    other.power(factsAt('LOW'));
    await other.clock.advanceMs(10_000);
    other.power(factsAt('CRITICAL'));
    expect(other.acts).toEqual(['checkpoint train', 'stop train']);
  });

  it('goes on after 2 minutes at MEDIUM without a break, and at once on external power', async () => {
    const jobs = fakeJobs();
    await running(jobs, 'train');
    jobs.power(factsAt('CRITICAL'));
    jobs.power(factsAt('MEDIUM'));
    expect(jobs.job('train')).toMatchObject({
      reason: 'paused, MEDIUM again',
      until: 'that has lasted',
      untilAt: '2026-01-05T10:02:00.000Z',
    });
    await jobs.clock.advanceMs(90_000);
    jobs.power(factsAt('LOW'));
    jobs.power(factsAt('MEDIUM'));
    await jobs.clock.advanceMs(119_000);
    expect(jobs.states()).toEqual({ train: 'paused' });
    await jobs.clock.advanceMs(1_100);
    expect(jobs.states()).toEqual({ train: 'running' });
    jobs.power(factsAt('CRITICAL'));
    jobs.power(factsAt('FULL'));
    expect(jobs.acts).toEqual(['stop train', 'continue train', 'stop train', 'continue train']);
  });

  it('stays paused while plugged in at 3 % (D3), until the reserve is there', async () => {
    const jobs = fakeJobs();
    await running(jobs, 'train');
    jobs.power(factsAt('CRITICAL'));
    jobs.power(factsAt('FULL', { reservePercent: 3 }));
    await jobs.clock.advanceMs(9 * MINUTE_MS);
    expect(jobs.job('train')).toMatchObject({
      state: 'paused',
      until: 'it is charged to 10 %, or for 10 minutes',
    });
    jobs.power(factsAt('FULL'));
    expect(jobs.states()).toEqual({ train: 'running' });
  });

  it('goes on while the power cannot be read, and stays paused when it was', async () => {
    const jobs = fakeJobs();
    await running(jobs, 'train');
    jobs.power(factsAt('UNKNOWN'));
    await jobs.clock.advanceMs(5 * MINUTE_MS);
    expect(jobs.acts).toEqual([]);
    jobs.power(factsAt('CRITICAL'));
    jobs.power(factsAt('UNKNOWN'));
    await jobs.clock.advanceMs(5 * MINUTE_MS);
    expect(jobs.states()).toEqual({ train: 'paused' });
  });

  it('may be let go on by hand at LOW, not at CRITICAL, and no further than that one LOW', async () => {
    const jobs = fakeJobs({ checkpointSeconds: 0 });
    await running(jobs, 'train');
    const { id } = jobs.job('train');
    jobs.power(factsAt('LOW'));
    await jobs.clock.advanceMs(0);
    expect(jobs.desk.resume(id)).toMatchObject({ state: 'running' });
    await jobs.clock.advanceMs(5 * MINUTE_MS);
    expect(jobs.states()).toEqual({ train: 'running' });
    jobs.power(factsAt('CRITICAL'));
    expect(jobs.states()).toEqual({ train: 'paused' });
    expect(jobs.desk.resume(id)).toMatchObject({ refused: 'conflict' });
    jobs.power(factsAt('FULL'));
    jobs.power(factsAt('LOW'));
    await jobs.clock.advanceMs(0);
    expect(jobs.states()).toEqual({ train: 'paused' });
  });

  it('when many stood, at MEDIUM one goes on at a time, the first in line first', async () => {
    const jobs = fakeJobs();
    await running(jobs, 'one', 'two', 'three');
    jobs.power(factsAt('CRITICAL'));
    jobs.power(factsAt('MEDIUM'));
    await jobs.clock.advanceMs(10 * MINUTE_MS);
    expect(jobs.states()).toEqual({ one: 'running', two: 'paused', three: 'paused' });
    expect(jobs.job('two').reason).toBe('paused, one at a time at MEDIUM');
    jobs.ends('one');
    expect(jobs.states()).toMatchObject({ two: 'running', three: 'paused' });
  });
});

describe('a job that waits', () => {
  it('with --for 40m starts only when it ends above 20 % with 80 % or better', async () => {
    const jobs = fakeJobs();
    const onBattery = (chance: number | null) =>
      factsAt('MEDIUM', { onExternalPower: false, chance: () => chance });
    jobs.power(onBattery(null));
    jobs.add('train', { forMinutes: 40 });
    expect(jobs.job('train')).toMatchObject({
      state: 'queued',
      reason: 'takes 40 min, and there is no forecast yet',
    });
    jobs.power(onBattery(0.79));
    expect(jobs.job('train').reason).toBe(
      'takes 40 min and would end above 20 % with 79 % chance, 80 % are needed',
    );
    jobs.power(onBattery(0.8));
    await jobs.clock.advanceMs(0);
    expect(jobs.states()).toEqual({ train: 'running' });
  });

  it.each([
    ['FULL', 3],
    ['HIGH', 3],
    ['MEDIUM', 1],
    ['LOW', 0],
    ['CRITICAL', 0],
    ['UNKNOWN', 0],
  ] as const)('at %s: %i of three run', async (level, count) => {
    const jobs = fakeJobs();
    jobs.power(factsAt(level));
    for (const name of ['one', 'two', 'three']) jobs.add(name);
    await jobs.clock.advanceMs(0);
    expect(Object.values(jobs.states()).filter((state) => state === 'running')).toHaveLength(count);
  });

  it('says why and until when, and who is ahead', async () => {
    const jobs = fakeJobs();
    jobs.power(factsAt('MEDIUM'));
    jobs.add('one', { forMinutes: 30 });
    expect(jobs.job('one').reason).toBe('takes 30 min, and there is no forecast yet');
    jobs.power(factsAt('MEDIUM', { chance: () => 1 }));
    await jobs.clock.advanceMs(0);
    for (const name of ['two', 'three']) jobs.add(name);
    expect(jobs.job('two')).toMatchObject({
      reason: 'one at a time at MEDIUM: another runs',
      until: 'that ends',
      untilAt: '2026-01-05T10:30:00.000Z',
      aheadCount: 0,
    });
    expect(jobs.job('three')).toMatchObject({
      reason: 'one at a time at MEDIUM: one other is ahead',
      aheadCount: 1,
    });
    jobs.power(factsAt('LOW', { onExternalPower: false }));
    expect(jobs.job('two')).toMatchObject({
      reason: 'needs MEDIUM, the level is LOW (as at LOW)',
      until: 'it is plugged in',
      untilAt: null,
    });
  });

  it('is held and let go by hand, and cancelled', async () => {
    const jobs = fakeJobs();
    jobs.power(factsAt('LOW'));
    const { id } = jobs.add('one');
    jobs.add('two');
    jobs.desk.pause(id);
    jobs.power(factsAt('FULL'));
    await jobs.clock.advanceMs(0);
    expect(jobs.states()).toEqual({ one: 'queued', two: 'running' });
    expect(jobs.job('one').reason).toBe('held back by hand');
    jobs.desk.resume(id);
    await jobs.clock.advanceMs(0);
    expect(jobs.states()).toEqual({ one: 'running', two: 'running' });
    jobs.desk.cancel(id);
    await jobs.clock.advanceMs(0);
    expect(jobs.job('one')).toMatchObject({ state: 'cancelled', reason: 'cancelled by ann; 1 ended' });
    expect(jobs.desk.cancel(id)).toMatchObject({ refused: 'conflict' });
  });

  it('in observe-only starts at once and is never paused; what would have been done is recorded', async () => {
    const jobs = fakeJobs({ observeOnly: true });
    jobs.power(factsAt('LOW'));
    jobs.add('train');
    await jobs.clock.advanceMs(0);
    jobs.power(factsAt('CRITICAL'));
    await jobs.clock.advanceMs(5 * MINUTE_MS);
    expect(jobs.acts).toEqual(['start train']);
    expect(jobs.audits.filter((audit) => audit.startsWith('job-pause'))).toEqual([
      'job-pause-observed train',
    ]);
  });
});

describe('a thousand jobs', () => {
  it('at MEDIUM run one at a time, by priority plus age; none waits for ever', async () => {
    const jobs = fakeJobs();
    jobs.power(factsAt('LOW'));
    for (let index = 0; index < 1000; index += 1) jobs.add(`job-${index}`, { priority: (index % 21) - 10 });
    const expected = jobs.desk
      .list()
      .map(({ command, priority }) => ({ name: command[0] ?? '', priority }))
      .sort(
        (one, other) =>
          other.priority - one.priority || Number(one.name.slice(4)) - Number(other.name.slice(4)),
      )
      .map(({ name }) => `start ${name}`);
    expect(jobs.book.counts()).toEqual({ queued: 1000 });
    jobs.power(factsAt('MEDIUM'));
    for (let done = 0; done < 1000; done += 1) {
      await jobs.clock.advanceMs(0);
      if (done === 400) expect(jobs.book.counts()).toEqual({ queued: 599, running: 1 });
      const [now] = jobs.book.underWay();
      expect(jobs.book.underWay()).toHaveLength(1);
      jobs.ends(now?.record.command[0] ?? '');
    }
    expect(jobs.acts.filter((act) => act.startsWith('start'))).toEqual(expected);
  });

  it('a job of the lowest priority is passed only by those that come within 200 minutes', async () => {
    const jobs = fakeJobs();
    jobs.power(factsAt('MEDIUM'));
    jobs.add('blocker');
    await jobs.clock.advanceMs(0);
    jobs.add('patient', { priority: -10 });
    for (let index = 0; ; index += 1) {
      jobs.add(`pushy-${index}`, { priority: 10 });
      await jobs.clock.advanceMs(MINUTE_MS);
      jobs.ends(jobs.book.underWay()[0]?.record.command[0] ?? '');
      await jobs.clock.advanceMs(0);
      if (jobs.job('patient').state === 'running') break;
      expect(index).toBeLessThan(202);
    }
    expect(jobs.acts.indexOf('start patient')).toBeGreaterThan(190);
  });
});
