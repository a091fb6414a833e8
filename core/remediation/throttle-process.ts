import { isStillRunning, processIdentity, type ProcessIdentity } from '../process-identity.ts';
import { readRegularFile } from '../projects/regular-file.ts';
import type { ProcessEntry, ProcessTable } from './process-table.ts';
import { signalProcess, stopMembers } from './process-signals.ts';

/** A process that was stopped, known by pid and start time: a later one of the same pid is another. */
export interface StoppedProcess {
  readonly leader: ProcessIdentity;
}

/** Stops a process of others with all that it started, and lets it go on. */
export interface ThrottleProcess {
  /** The process a pid file names; a text says why there is none that may be stopped. */
  find(pidFile: string): Promise<string | { readonly process: StoppedProcess; readonly isOurs: boolean }>;
  /** Gives how many stand. */
  stop(stopped: StoppedProcess): number;
  /** Gives how many go on; none where it has ended, whoever has its pid now. */
  goOn(stopped: StoppedProcess): number;
}

const PID_FILE_BYTES = 1024;

export function createThrottleProcess(table: ProcessTable, own: readonly number[]): ThrottleProcess {
  /** It and its descendants; never who shares its session: that may be a person's whole terminal. */
  const tree = ({ leader }: StoppedProcess): ProcessEntry[] => {
    if (!isStillRunning(leader)) return [];
    const entries = table.list();
    const members = new Map(
      entries.filter(({ pid }) => pid === leader.pid).map((entry) => [entry.pid, entry]),
    );
    for (let before = -1; before !== members.size;) {
      before = members.size;
      for (const entry of entries) if (members.has(entry.parentPid)) members.set(entry.pid, entry);
    }
    return [...members.values()].filter(
      ({ pid, state }) => !own.includes(pid) && state !== 'Z' && state !== 'X',
    );
  };
  return {
    async find(pidFile) {
      const text = await readRegularFile(pidFile, PID_FILE_BYTES).then(
        (read) => read.text,
        () => null,
      );
      if (text === null) return `there is no file ${pidFile}`;
      const pid = Number(/^\s*(\d{1,10})\s*$/.exec(text)?.[1] ?? 'NaN');
      if (!Number.isInteger(pid)) return `${pidFile} holds no process id`;
      if (pid <= 1 || own.includes(pid)) return `process ${pid} is not to be stopped`;
      const leader = processIdentity(pid);
      if (leader === null) return `process ${pid} does not run`;
      const entry = table.list().find((one) => one.pid === pid);
      const isStopped = entry?.state === 'T' || entry?.state === 't';
      return { process: { leader }, isOurs: !isStopped };
    },
    stop: (stopped) => stopMembers(() => tree(stopped)),
    goOn: (stopped) => tree(stopped).filter(({ pid }) => signalProcess(pid, 'SIGCONT')).length,
  };
}
