import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';

import type { Job, JobKeeperEvent, JobRequest } from '../../shared/contract/job.ts';
import type { JobsConfig } from '../../shared/contract/jobs-config.ts';
import type { AuditEntry } from '../../shared/contract/record.ts';
import { needsKey } from '../../shared/jobs/order.ts';
import type { Clock } from '../clock.ts';
import { ASKED_FOR, BY_HAND, STARTED_ALONE } from './job-cause.ts';
import type { JobFolder } from './job-folder.ts';
import { hasStarted, type JobRecord } from './job-record.ts';
import type { BookedJob, JobsBook } from './jobs-book.ts';
import type { JobsOverseer } from './jobs-overseer.ts';
import type { JobsOutlook } from './jobs-view.ts';

/** Why something cannot be done; `field` is what is at fault where the question itself is. */
export interface JobRefusal {
  readonly refused: 'not-found' | 'conflict' | 'invalid';
  readonly text: string;
  readonly field?: string;
}

/** The answer to `orch run`: the job, and how its command is to be started. */
export interface KeptJob {
  readonly job: Job;
  readonly isNiced: boolean;
}

/** What people, scripts and `orch run` may ask of the jobs. Every "no" says why. */
export interface JobsDesk {
  /** Those that are not over, first in line first, then those that are, the last one first. */
  list(): Job[];
  one(id: string): Job | JobRefusal;
  /** How many of a project have begun and are not over, paused ones counted; from memory. */
  startedOf(project: string): number;
  /** `coreCause` is why the core itself asks; a person asks without it. */
  add(request: JobRequest, coreCause?: string): Job | JobRefusal;
  pause(id: string): Job | JobRefusal;
  resume(id: string): Job | JobRefusal;
  /** `coreCause` as with add. */
  cancel(id: string, coreCause?: string): Job | JobRefusal;
  /** `orch run` tells what becomes of the command it keeps. */
  keep(id: string, event: JobKeeperEvent): KeptJob | JobRefusal;
  /** The end of what a job of the core printed. */
  output(id: string): string | JobRefusal;
}

export interface JobsDeskParts {
  readonly clock: Clock;
  /** The account's name, as records show it. */
  readonly who: string;
  readonly platform: NodeJS.Platform;
  readonly book: JobsBook;
  readonly overseer: JobsOverseer;
  readonly outlook: () => JobsOutlook | null;
  readonly config: () => JobsConfig;
  readonly folderOf: (id: string) => JobFolder;
  /** A project's folder; null for the machine itself, which works in the home folder. */
  readonly projectFolder: (project: string | null) => string;
  /** `place` in line where it is known. */
  readonly view: (record: JobRecord, place?: number) => Job;
  readonly told: (act: string, job: JobRecord, cause: string, detail: AuditEntry['detail']) => void;
}

const MOST_JOBS = 10_000;

export function createJobsDesk(parts: JobsDeskParts): JobsDesk {
  const { book, overseer, clock, who, view, told } = parts;

  const found = (id: string): JobRecord | JobRefusal => {
    const record = book.find(id);
    if (record === null) return { refused: 'not-found', text: 'No such job.', field: 'id' };
    if (record === 'several')
      return { refused: 'conflict', text: 'Several jobs begin like that; give more of the id.', field: 'id' };
    return record;
  };
  /** Acts on a job that is not over, and looks again at once. */
  const acted = (id: string, act: (job: BookedJob) => JobRefusal | null): Job | JobRefusal => {
    const record = found(id);
    if ('refused' in record) return record;
    const job = book.get(record.id);
    if (job === null) return { refused: 'conflict', text: `The job is over: ${record.remark}.` };
    const no = act(job);
    if (no !== null) return no;
    overseer.look();
    return view(job.record);
  };

  return {
    list() {
      const underWay = book.underWay().map(({ record }) => view(record));
      const inLine = book.line().inOrder().map(view);
      return [...underWay, ...inLine, ...book.ended().map((record) => view(record))];
    },
    startedOf: (project) => book.underWay().filter(({ record }) => record.project === project).length,
    one(id) {
      const record = found(id);
      return 'refused' in record ? record : view(record);
    },
    add(request, coreCause) {
      const no = refusalOf(request, parts);
      if (no !== null) return no;
      const known = request.id === undefined ? null : book.find(request.id);
      // Asked twice, since the first answer was lost: one job all the same.
      if (known !== null && known !== 'several') return view(known);
      const record = newRecord(request, parts);
      told('job-add', record, coreCause ?? (request.process === undefined ? ASKED_FOR : STARTED_ALONE), {
        command: record.command,
        needs: record.needs,
      });
      const job = book.add(record);
      overseer.look();
      return view(job.record);
    },
    pause: (id) =>
      acted(id, (job) => {
        if (job.record.state === 'ending') return { refused: 'conflict', text: 'The job is being ended.' };
        const state =
          job.record.state === 'starting' && job.record.startedBy === 'terminal'
            ? 'queued'
            : job.record.state;
        book.change(job, { isHeld: true, isInsisted: false, state });
        told('job-hold', job.record, BY_HAND, {});
        return null;
      }),
    resume: (id) =>
      acted(id, (job) => {
        const { isHeld, state } = job.record;
        if (isHeld) {
          book.change(job, { isHeld: false });
          told('job-release', job.record, BY_HAND, {});
          return null;
        }
        if (state !== 'paused' && state !== 'checkpointing') {
          const { reason } = view(job.record);
          const why = reason === '' ? 'it runs' : reason;
          return { refused: 'conflict', text: `Nothing holds the job by hand: ${why}.` };
        }
        const outlook = parts.outlook();
        if (outlook?.pace(job.record) === 'freeze')
          return {
            refused: 'conflict',
            text: `At ${outlook.facts.level} nothing goes on (${outlook.facts.why}).`,
          };
        book.change(job, { isInsisted: true });
        told('job-insist', job.record, `${BY_HAND}, at ${outlook?.facts.level ?? 'UNKNOWN'}`, {});
        return null;
      }),
    cancel: (id, coreCause) =>
      acted(id, (job) => {
        told('job-cancel', job.record, coreCause ?? BY_HAND, {});
        overseer.cancel(job, coreCause === undefined ? `cancelled by ${who}` : `cancelled: ${coreCause}`);
        return null;
      }),
    keep(id, event) {
      const job = book.get(id);
      if (job === null) {
        const over = book.find(id);
        if (over === null || over === 'several')
          return { refused: 'not-found', text: 'No such job.', field: 'id' };
        return { refused: 'conflict', text: `The job is over: ${over.remark}.` };
      }
      const { state, leader, startedMs } = job.record;
      if (event.event === 'begin') {
        if (state === 'starting') {
          book.change(job, { state: 'running', startedMs: clock.wallMs() });
          told('job-start', job.record, 'its turn', { command: job.record.command });
        } else if (state !== 'running' || leader !== null || startedMs === null) {
          return { refused: 'conflict', text: 'It is not its turn.' };
        }
      } else if (!hasStarted(job.record)) {
        return { refused: 'conflict', text: 'It has not begun.' };
      } else if (event.event === 'started') {
        if (leader === null) book.change(job, { leader: event.process });
      } else overseer.commandEnded(job, event.exitCode);
      overseer.look();
      return { job: view(job.record), isNiced: overseer.isNiced(job.record) };
    },
    output(id) {
      const record = found(id);
      if ('refused' in record) return record;
      const output = parts.folderOf(record.id).output();
      return (
        output ?? { refused: 'not-found', text: 'Nothing is kept of what this job printed.', field: 'id' }
      );
    },
  };
}

function refusalOf(request: JobRequest, { book, config, platform }: JobsDeskParts): JobRefusal | null {
  if (book.size() >= MOST_JOBS) return { refused: 'conflict', text: `There are ${MOST_JOBS} jobs already.` };
  if (request.folder !== undefined && !isFolder(request.folder))
    return { refused: 'invalid', text: `folder: there is no folder ${request.folder}.`, field: 'folder' };
  if (request.keeper !== undefined) return null;
  if (request.process !== undefined)
    return { refused: 'invalid', text: 'keeper: is needed with process.', field: 'keeper' };
  if (!config().acceptCommands)
    return { refused: 'conflict', text: 'The settings take no commands here (jobs.acceptCommands).' };
  if (platform === 'win32') return { refused: 'conflict', text: 'On Windows only `orch run` starts jobs.' };
  return null;
}

function newRecord(request: JobRequest, { clock, book, projectFolder }: JobsDeskParts): JobRecord {
  const isRunning = request.process !== undefined;
  const createdMs = book.nextCreatedMs();
  const needs = { level: request.when, minutes: request.forMinutes ?? null };
  return {
    id: request.id ?? randomUUID(),
    createdMs,
    priority: request.priority,
    project: request.project,
    command: request.command,
    folder: request.folder ?? projectFolder(request.project),
    startedBy: request.keeper === undefined ? 'core' : 'terminal',
    needs,
    needsKey: needsKey(request.project, needs),
    checkpointSignal: request.checkpointSignal,
    state: isRunning ? 'running' : 'queued',
    isHeld: false,
    isInsisted: false,
    keeper: request.keeper ?? null,
    leader: request.process ?? null,
    startedMs: isRunning ? createdMs : null,
    endedMs: null,
    signalledMs: null,
    exitCode: null,
    ranMs: 0,
    pausedMs: 0,
    countedMs: clock.wallMs(),
    energyWh: null,
    energyProvenance: 'unknown',
    remark: '',
  };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Whether an answer of the desk is a "no". */
export function isRefusal(answer: object | string): answer is JobRefusal {
  return typeof answer === 'object' && 'refused' in answer;
}
