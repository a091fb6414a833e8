import type { Clock } from '../clock.ts';
import type { ProcessIdentity } from '../process-identity.ts';
import type { Launched } from './job-launcher.ts';
import type { JobProcesses } from './job-processes.ts';
import type { JobRecord } from './job-record.ts';
import type { BookedJob, JobsBook } from './jobs-book.ts';

/** Starts jobs of the core. What became of it is written down by the next look, however often that takes. */
export interface JobStarting {
  /** Of a job whose place is written down already. Never rejects; calls `onStarted` when there is something to settle. */
  start(job: BookedJob): Promise<void>;
  /** Writes down what became of starting it. @throws what the book throws; then it is to be called again */
  settle(job: BookedJob): void;
}

export interface JobStartingParts {
  readonly clock: Clock;
  readonly book: Pick<JobsBook, 'change'>;
  readonly processes: Pick<JobProcesses, 'end' | 'identity'>;
  readonly launch: (job: JobRecord) => Promise<Launched>;
  readonly isStopped: () => boolean;
  readonly onStarted: () => void;
  readonly onEnded: () => void;
  readonly onFailed: (job: BookedJob, remark: string) => void;
  readonly onFault: (error: unknown) => void;
}

type Outcome = { readonly leader: ProcessIdentity | null } | { readonly problem: string };

export function createJobStarting(parts: JobStartingParts): JobStarting {
  const { clock, book, processes } = parts;
  const unsettled = new Map<string, Outcome>();

  const start = async (job: BookedJob): Promise<void> => {
    let launched: Launched | { readonly problem: string };
    try {
      launched = await parts.launch(job.record);
    } catch (error) {
      launched = { problem: (error as Error).message };
    }
    const outcome = 'problem' in launched ? launched : { leader: processes.identity(launched.pid) };
    if (job.record.state !== 'starting') {
      // Cancelled while it was being started.
      if ('leader' in outcome) await processes.end({ ...job.record, leader: outcome.leader }, 0);
      return;
    }
    // The next core finds it by its folder.
    if (parts.isStopped()) return;
    unsettled.set(job.record.id, outcome);
    if ('ended' in launched) void launched.ended.then(parts.onEnded);
    parts.onStarted();
  };

  return {
    start: (job) => start(job).catch(parts.onFault),
    settle(job) {
      const { id } = job.record;
      const outcome = unsettled.get(id);
      if (outcome === undefined) return;
      if ('problem' in outcome) parts.onFailed(job, `it could not be started: ${outcome.problem}`);
      else book.change(job, { state: 'running', leader: outcome.leader, startedMs: clock.wallMs() });
      unsettled.delete(id);
    },
  };
}
