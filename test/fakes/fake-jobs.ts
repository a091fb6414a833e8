import type { ProcessIdentity } from '../../core/process-identity.ts';
import type { JobFolder } from '../../core/remediation/job-folder.ts';
import type { JobProcesses } from '../../core/remediation/job-processes.ts';
import { jobView, type JobRecord } from '../../core/remediation/job-record.ts';
import { createJobTally } from '../../core/remediation/job-tally.ts';
import { createJobsBook, type JobsBook } from '../../core/remediation/jobs-book.ts';
import { createJobsDesk, type JobsDesk } from '../../core/remediation/jobs-desk.ts';
import { createJobsOverseer } from '../../core/remediation/jobs-overseer.ts';
import { createJobsStore, type JobsStore } from '../../core/remediation/jobs-store.ts';
import { bookedView, jobsOutlook, paceLimits } from '../../core/remediation/jobs-view.ts';
import type { Job, JobRequest } from '../../shared/contract/job.ts';
import { jobRequestSchema } from '../../shared/contract/job.ts';
import { jobsConfigSchema, type JobsConfig } from '../../shared/contract/jobs-config.ts';
import type { EnergyLevel } from '../../shared/contract/vocabulary.ts';
import type { JobFacts } from '../../shared/jobs/facts.ts';
import { operatingModeFor } from '../../shared/policy/operating-mode.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';

/** The facts of a machine at a level, with nothing else in the way. */
export function factsAt(level: EnergyLevel, more: Partial<JobFacts> = {}): JobFacts {
  return {
    level,
    why: `as at ${level}`,
    onExternalPower: level === 'FULL',
    reservePercent: null,
    cooling: 'NORMAL',
    project: () => ({ operatingMode: operatingModeFor('ml', level), haltWhy: null }),
    chance: () => null,
    ...more,
  };
}

/** A queue with made-up processes: `acts` tells what was done to them, in order. */
export interface FakeJobs {
  readonly clock: FakeClock;
  readonly desk: JobsDesk;
  readonly book: JobsBook;
  readonly acts: string[];
  readonly audits: string[];
  /** The cause of each of these. */
  readonly causes: string[];
  /** A new snapshot says this. */
  power(facts: JobFacts): void;
  add(name: string, more?: Partial<JobRequest>): Job;
  /** The command of a job ends by itself. */
  ends(name: string, exitCode?: number): void;
  /** The same, and the core hears of it as of a child of its own. */
  exits(name: string, exitCode?: number): void;
  states(): Record<string, string>;
  job(name: string): Job;
}

export function fakeJobs(
  settings: Partial<JobsConfig> = {},
  house: { readonly store?: JobsStore; readonly onFault?: (error: unknown) => void } = {},
): FakeJobs {
  const clock = fakeClock();
  const config = jobsConfigSchema.parse(settings);
  const acts: string[] = [];
  const audits: string[] = [];
  const causes: string[] = [];
  const alive = new Map<number, string>();
  const exits = new Map<string, number>();
  const onExit = new Map<number, () => void>();
  let pids = 100;
  let facts: JobFacts | null = null;
  const nameOf = (job: Pick<JobRecord, 'id'>): string => {
    const record = book.find(job.id);
    return record === null || record === 'several' ? job.id : (record.command[0] ?? '');
  };
  const leaderOf = (pid: number): ProcessIdentity => ({ pid, startTicks: '1', bootId: 'boot' });
  const did = (act: string, job: Pick<JobRecord, 'id'>): number => {
    acts.push(`${act} ${nameOf(job)}`);
    return 1;
  };
  const processes: JobProcesses = {
    isAlive: ({ pid }) => alive.has(pid),
    identity: leaderOf,
    claimed: () => null,
    count: ({ leader }) => (leader !== null && alive.has(leader.pid) ? 1 : 0),
    isStopped: () => false,
    checkpoint: (job) => did('checkpoint', job),
    stop: (job) => did('stop', job),
    goOn: (job) => did('continue', job),
    nice: (job) => void did('nice', job),
    end: async (job) => {
      did('end', job);
      if (job.leader !== null) alive.delete(job.leader.pid);
      return Promise.resolve({ ended: 1, left: 0 });
    },
  };
  const folderOf = (id: string): JobFolder => ({
    path: `/jobs/${id}`,
    make: () => undefined,
    writePid: () => undefined,
    writeExit: () => undefined,
    pid: () => null,
    exit: () => exits.get(id) ?? null,
    output: () => null,
    remove: () => undefined,
  });
  const book = createJobsBook(
    {
      clock,
      store: house.store ?? createJobsStore(null),
      tally: createJobTally({ start: () => undefined, end: () => null }),
      endedCount: () => 10_000,
      onForgotten: () => undefined,
      onChange: () => undefined,
    },
    config.ageingMinutes * 60_000,
  );
  const outlook = (): ReturnType<typeof jobsOutlook> | null =>
    facts === null ? null : jobsOutlook(facts, config);
  const view = (record: JobRecord): Job => {
    const job = book.get(record.id);
    if (job === null) return jobView(record, null, null);
    return bookedView(job, book, outlook(), paceLimits(config), clock.monotonicMs(), clock.wallMs());
  };
  const told = (act: string, job: JobRecord, cause: string): void => {
    audits.push(`${act} ${job.command[0]}`);
    causes.push(cause);
  };
  const overseer = createJobsOverseer({
    clock,
    book,
    processes,
    folderOf,
    config: () => config,
    outlook,
    launch: (job) => {
      pids += 1;
      alive.set(pids, job.id);
      acts.push(`start ${job.command[0]}`);
      const pid = pids;
      return Promise.resolve({ pid, ended: new Promise((resolve) => onExit.set(pid, resolve)) });
    },
    told,
    onFault:
      house.onFault ??
      ((error) => {
        throw error;
      }),
  });
  const desk = createJobsDesk({
    clock,
    who: 'ann',
    platform: 'linux',
    book,
    overseer,
    outlook,
    config: () => config,
    folderOf,
    projectFolder: () => '/',
    view,
    told,
  });
  const gone = (name: string, exitCode: number): number => {
    const found = book.underWay().find(({ record }) => record.command[0] === name)?.record;
    const pid = found?.leader?.pid ?? 0;
    exits.set(found?.id ?? '', exitCode);
    alive.delete(pid);
    return pid;
  };
  const job = (name: string): Job => {
    const found = desk.list().find(({ command }) => command[0] === name);
    if (found === undefined) throw new Error(`no job ${name}`);
    return found;
  };
  return {
    clock,
    desk,
    book,
    acts,
    audits,
    causes,
    job,
    power(next) {
      facts = next;
      for (const each of book.underWay()) book.count(each);
      overseer.look();
    },
    add(name, more = {}) {
      const added = desk.add(jobRequestSchema.parse({ command: [name], ...more }));
      if ('refused' in added) throw new Error(added.text);
      return added;
    },
    ends(name, exitCode = 0) {
      gone(name, exitCode);
      overseer.look();
    },
    exits: (name, exitCode = 0) => onExit.get(gone(name, exitCode))?.(),
    states: () => Object.fromEntries(desk.list().map(({ command, state }) => [command[0] ?? '', state])),
  };
}
