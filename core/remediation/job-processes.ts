import { getPriority } from 'node:os';

import type { Clock } from '../clock.ts';
import { isStillRunning, processIdentity, type ProcessIdentity } from '../process-identity.ts';
import { makeNice } from './job-launcher.ts';
import type { JobRecord } from './job-record.ts';
import { JOB_NICENESS, jobMark, jobUnit } from './job-scope.ts';
import { processMembers } from './process-members.ts';
import { continueMembers, endMembers, signalProcess, stopMembers, type Ending } from './process-signals.ts';
import type { ProcessEntry, ProcessTable } from './process-table.ts';

type Subject = Pick<JobRecord, 'id' | 'leader' | 'checkpointSignal'>;

/** What can be done to the processes of a job, whoever started them and wherever they went. */
export interface JobProcesses {
  /** By pid and start time: a later process of the same pid is another. */
  isAlive(identity: ProcessIdentity): boolean;
  /** Of a process of our own; null when it has ended. */
  identity(pid: number): ProcessIdentity | null;
  /** The process that claims to be the job's first, if it carries the job's mark; null if it does not. */
  claimed(id: string, pid: number): ProcessIdentity | null;
  /** How many there are. */
  count(job: Subject): number;
  isStopped(job: Subject): boolean;
  /** Sends the checkpoint signal to those that have a handler for it; gives how many heard it. */
  checkpoint(job: Subject): number;
  stop(job: Subject): number;
  goOn(job: Subject): number;
  nice(job: Subject): void;
  end(job: Subject, graceMs: number): Promise<Ending>;
}

/** A JavaScript runtime answers SIGUSR1 by opening a port for debuggers: nobody asked for that. */
const DEBUGGED_BY_USR1 = /^(node|nodejs|electron|bun|deno)\b/i;

export function createJobProcesses(clock: Clock, table: ProcessTable, ownPid: number): JobProcesses {
  const members = ({ id, leader }: Subject): ProcessEntry[] => {
    const [mark, unit] = [jobMark(id), jobUnit(id)];
    const isLeader = (pid: number): boolean =>
      leader !== null && pid === leader.pid && isStillRunning(leader);
    const isSeed = ({ pid }: ProcessEntry): boolean =>
      isLeader(pid) || table.hasMark(pid, mark) || table.inUnit(pid, unit);
    return processMembers(table.list(), isSeed, ownPid);
  };
  return {
    isAlive: isStillRunning,
    identity: processIdentity,
    claimed: (id, pid) => (table.hasMark(pid, jobMark(id)) ? processIdentity(pid) : null),
    count: (job) => members(job).length,
    isStopped(job) {
      const all = members(job);
      return all.length > 0 && all.every(({ state }) => state === 'T' || state === 't');
    },
    checkpoint(job) {
      const { checkpointSignal } = job;
      if (checkpointSignal === 'none') return 0;
      const signal = checkpointSignal === 'auto' ? 'SIGUSR1' : checkpointSignal;
      const mayHear = (pid: number): boolean => {
        const catches = table.catches(pid, signal);
        if (checkpointSignal !== 'auto') return catches ?? pid === job.leader?.pid;
        return catches === true && !DEBUGGED_BY_USR1.test(table.program(pid) ?? '');
      };
      return members(job).filter(({ pid }) => mayHear(pid) && signalProcess(pid, signal)).length;
    },
    stop: (job) => stopMembers(() => members(job)),
    goOn: (job) => continueMembers(() => members(job)),
    nice(job) {
      for (const { pid } of members(job)) if (niceness(pid) < JOB_NICENESS) makeNice(pid);
    },
    end: (job, graceMs) => endMembers(clock, () => members(job), graceMs),
  };
}

function niceness(pid: number): number {
  try {
    return getPriority(pid);
  } catch {
    return JOB_NICENESS;
  }
}
