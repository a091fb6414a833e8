import type { Clock } from '../clock.ts';
import type { JobProcesses } from './job-processes.ts';
import type { BookedJob } from './jobs-book.ts';

/** Ends the processes of jobs, each once at a time. */
export interface JobEnding {
  /** Until none is left, or none can be ended; `why` is how the job then says that it ended. */
  end(job: BookedJob, why: string): void;
}

export interface JobEndingParts {
  readonly clock: Clock;
  readonly processes: Pick<JobProcesses, 'end'>;
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs: () => number;
  /** Writes the end down. May throw; it is tried again then. */
  readonly finish: (job: BookedJob, remark: string) => void;
  readonly onEnded: () => void;
  readonly onFault: (error: unknown) => void;
  /** After an end that could not be written down. */
  readonly againMs: number;
}

export function createJobEnding(parts: JobEndingParts): JobEnding {
  const { clock, onFault } = parts;
  /** Until when nobody need end it again, by the even clock: for ever while somebody does. */
  const untilMs = new Map<string, number>();
  return {
    end(job, why) {
      const { id } = job.record;
      if ((untilMs.get(id) ?? 0) > clock.monotonicMs()) return;
      untilMs.set(id, Infinity);
      parts.processes
        .end(job.record, parts.graceMs())
        .then(({ ended, left }) => {
          const stuck = left === 0 ? '' : `; ${left} could not be ended`;
          parts.finish(job, `${why}; ${ended} ended${stuck}`);
          untilMs.delete(id);
        })
        .catch((error: unknown) => {
          untilMs.set(id, clock.monotonicMs() + parts.againMs);
          onFault(error);
        })
        .finally(parts.onEnded);
    },
  };
}
