import { beforeEach, describe, expect, it } from 'vitest';

import { createJobsStore, type JobsStore } from '../../../../core/remediation/jobs-store.ts';
import { factsAt, fakeJobs, type FakeJobs } from '../../../fakes/fake-jobs.ts';

/** A record that refuses for a while: nothing is lost, nothing ends the core, and what it says afterwards is true. */
let isRefusing: boolean;
let store: JobsStore;
let faults: string[];
let jobs: FakeJobs;
beforeEach(() => {
  isRefusing = false;
  faults = [];
  const disk = createJobsStore(null);
  store = {
    ...disk,
    keep(record) {
      if (isRefusing) throw new Error('database disk image is malformed');
      disk.keep(record);
    },
  };
  jobs = fakeJobs({}, { store, onFault: (error) => faults.push((error as Error).message) });
  jobs.power(factsAt('FULL'));
});
const onDisk = (): string[] => store.open().map(({ command, state }) => `${command[0]} ${state}`);
const settled = (): Promise<void> => jobs.clock.advanceMs(0);
const pass = (): Promise<void> => jobs.clock.advanceMs(40_000);
const power = (level: 'FULL' | 'CRITICAL'): void => {
  try {
    jobs.power(factsAt(level));
  } catch (error) {
    faults.push((error as Error).message);
  }
};

describe('jobs of which nothing can be written down', () => {
  it('are not taken, and taken when it can', () => {
    isRefusing = true;
    expect(() => jobs.add('train')).toThrow('malformed');
    expect(jobs.desk.list()).toEqual([]);
    isRefusing = false;
    jobs.add('train');
    expect(jobs.states()).toEqual({ train: 'starting' });
  });

  it('that were being started run all the same, and say so once it can be written', async () => {
    jobs.add('train');
    isRefusing = true;
    await settled();
    expect(jobs.acts).toEqual(['start train']);
    expect(faults).toEqual(['database disk image is malformed']);
    expect(onDisk()).toEqual(['train starting']);
    isRefusing = false;
    await pass();
    expect(jobs.job('train')).toMatchObject({ state: 'running', pid: 101 });
    expect(jobs.acts).toEqual(['start train']);
  });

  it('that end meanwhile have ended, with their code', async () => {
    jobs.add('train');
    await settled();
    isRefusing = true;
    jobs.exits('train', 3);
    await settled();
    expect(faults).toEqual(['database disk image is malformed']);
    isRefusing = false;
    await pass();
    expect(jobs.job('train')).toMatchObject({ state: 'ended', exitCode: 3, reason: 'ended with 3' });
    expect(onDisk()).toEqual([]);
  });

  it('that are cancelled meanwhile are over once it can be written', async () => {
    jobs.add('train');
    await settled();
    jobs.desk.cancel(jobs.job('train').id);
    isRefusing = true;
    await settled();
    expect(jobs.states()).toEqual({ train: 'ending' });
    isRefusing = false;
    await pass();
    expect(jobs.job('train')).toMatchObject({ state: 'cancelled', reason: 'cancelled by ann; 1 ended' });
  });

  it('stand all of them at CRITICAL, and go on when the power is back and that can be written', async () => {
    for (const name of ['train', 'index']) jobs.add(name, { project: name });
    await settled();
    isRefusing = true;
    power('CRITICAL');
    expect(jobs.acts.filter((act) => act.startsWith('stop'))).toEqual(['stop train', 'stop index']);
    power('FULL');
    await pass();
    isRefusing = false;
    await pass();
    expect(jobs.acts.slice(-2).toSorted()).toEqual(['continue index', 'continue train']);
    expect(jobs.states()).toEqual({ train: 'running', index: 'running' });
  });
});
