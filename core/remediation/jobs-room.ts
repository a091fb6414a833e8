import { homedir } from 'node:os';

import type { Job } from '../../shared/contract/job.ts';
import type { AuditEntry } from '../../shared/contract/record.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import { isoNow } from '../clock.ts';
import type { Room, RoomContext } from '../room.ts';
import { adopted } from './job-adoption.ts';
import { isOfPerson } from './job-cause.ts';
import { jobFolder, type JobFolder } from './job-folder.ts';
import { launchJob } from './job-launcher.ts';
import { createJobProcesses } from './job-processes.ts';
import { isOver, jobView, type JobRecord } from './job-record.ts';
import { createJobTally } from './job-tally.ts';
import { createJobsBook } from './jobs-book.ts';
import { createJobsDesk, type JobsDesk } from './jobs-desk.ts';
import { createJobsOverseer } from './jobs-overseer.ts';
import { createJobsStore } from './jobs-store.ts';
import { bookedView, jobFacts, jobsOutlook, paceLimits, type JobsOutlook } from './jobs-view.ts';
import { processTable } from './process-table.ts';
import { isSecretName, maskSecretsIn } from './runner-secrets.ts';

/** Work that waits for power: the queue, its processes and what is shown of them. */
export interface JobsRoom extends Required<Pick<Room, 'start' | 'stop'>> {
  /** Does what a judged snapshot asks of every job, and gives what is shown of them in it. */
  consider(judged: Snapshot): Pick<Snapshot, 'jobs' | 'jobCounts'>;
  readonly desk: JobsDesk;
  /** Whether a job of this project is under way: nothing may be scaled down beneath it. */
  isBusy(project: string): boolean;
}

type JobsContext = Pick<
  RoomContext,
  'clock' | 'env' | 'platform' | 'places' | 'record' | 'database' | 'core' | 'config' | 'announce' | 'onFault'
>;

/** The snapshot is written every tick: it shows what is under way and who is next. GET /v1/jobs has all. */
const SHOWN = { underWay: 30, inLine: 3 } as const;

export function createJobsRoom(context: JobsContext): JobsRoom {
  const { clock, env, platform } = context;
  const who = env['USER'] ?? env['USERNAME'] ?? 'local user';
  const config = (): ReturnType<RoomContext['config']>['jobs'] => context.config().jobs;
  const folderOf = (id: string): JobFolder => jobFolder(context.places.jobsDir, id);
  const processes = createJobProcesses(clock, processTable(platform), process.pid);
  const secrets = Object.entries(env).flatMap(([name, value]) =>
    isSecretName(name) && value !== undefined ? [value] : [],
  );
  let outlook: JobsOutlook | null = null;
  let isStarted = false;
  let isConsidering = false;

  const told = (act: string, job: JobRecord, cause: string, detail: AuditEntry['detail']): void => {
    context.record.audit({
      at: isoNow(clock),
      actor: isOfPerson(cause) ? who : 'core',
      act,
      project: job.project,
      cause,
      detail: maskSecretsIn({ id: job.id, ...detail }, secrets) as AuditEntry['detail'],
    });
  };
  const book = createJobsBook(
    {
      clock,
      store: createJobsStore(context.database),
      tally: createJobTally(context.core.account),
      endedCount: () => config().endedCount,
      onForgotten(ids) {
        for (const id of ids) folderOf(id).remove();
      },
      onChange(job, before) {
        if (before?.state === job.record.state && before.isHeld === job.record.isHeld) return;
        context.announce('job', JSON.stringify(view(job.record)));
        // The snapshot under way shows it anyhow.
        if (!isConsidering && isStarted) context.core.request();
      },
    },
    config().ageingMinutes * 60_000,
  );
  const view = (record: JobRecord, place?: number): Job => {
    const job = book.get(record.id);
    if (job === null || isOver(record)) return jobView(record, null, null);
    const limits = paceLimits(config());
    return bookedView(job, book, outlook, limits, clock.monotonicMs(), clock.wallMs(), place);
  };
  const overseer = createJobsOverseer({
    clock,
    book,
    processes,
    folderOf,
    config,
    outlook: () => (isStarted ? outlook : null),
    launch: (job, folder, isNiced) => launchJob(env, job, folder, isNiced),
    told,
    onFault: context.onFault,
  });

  return {
    isBusy: (project) => book.underWay().some(({ record }) => record.project === project),
    desk: createJobsDesk({
      clock,
      who,
      platform,
      book,
      overseer,
      outlook: () => outlook,
      config,
      folderOf,
      projectFolder: (project) =>
        context.core.entries().find((entry) => entry.project.id === project)?.project.path ?? homedir(),
      view,
      told,
    }),
    consider(judged) {
      const probability = (minutes: number, percent: number): number | null =>
        context.core.probabilityAbove(minutes, percent);
      outlook = jobsOutlook(jobFacts(judged, probability), config());
      isConsidering = true;
      try {
        // First: a record that refuses must not keep work running that has to stand.
        overseer.look();
        for (const job of book.underWay()) {
          book.count(job);
          if (job.isNiced || job.record.leader === null || !overseer.isNiced(job.record)) continue;
          job.isNiced = true;
          processes.nice(job.record);
        }
      } finally {
        isConsidering = false;
      }
      const underWay = book.underWay().slice(0, SHOWN.underWay);
      const next = book.line().inOrder().slice(0, SHOWN.inLine);
      const jobs = [...underWay.map(({ record }) => view(record)), ...next.map(view)];
      return { jobs, jobCounts: book.counts() };
    },
    start() {
      const store = createJobsStore(context.database);
      for (const left of store.open()) {
        if (book.get(left.id) !== null) continue;
        const record = adopted(left, processes, folderOf(left.id), clock.wallMs());
        const job = book.add(record);
        if (record.state !== left.state || record.state === 'running') {
          told('job-adopt', record, 'the core started', { was: left.state, is: record.state });
        }
        if (record.state === 'ending') overseer.cancel(job, 'cancelled before the core ended');
      }
      isStarted = true;
      overseer.look();
      context.core.request();
    },
    stop: () => overseer.stop(),
  };
}
