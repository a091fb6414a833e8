import { compareQueued, type Queued } from '../../shared/jobs/order.ts';

/** The jobs that wait, first in line first. A job finds its place by halving: a thousand cost ten looks. */
export interface JobsLine<T extends Queued> {
  add(job: T): void;
  remove(id: string): void;
  /** 0 is next; null when it is not in line. */
  placeOf(id: string): number | null;
  inOrder(): readonly T[];
}

export function createJobsLine<T extends Queued>(ageingMs: number): JobsLine<T> {
  const jobs: T[] = [];
  const known = new Map<string, T>();
  /** Where a job is, or would be. */
  const search = (job: Queued): number => {
    let [low, high] = [0, jobs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = jobs[middle];
      if (at !== undefined && compareQueued(at, job, ageingMs) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    add(job) {
      const before = known.get(job.id);
      if (before !== undefined) jobs.splice(search(before), 1, job);
      else jobs.splice(search(job), 0, job);
      known.set(job.id, job);
    },
    remove(id) {
      const job = known.get(id);
      if (job === undefined) return;
      jobs.splice(search(job), 1);
      known.delete(id);
    },
    placeOf(id) {
      const job = known.get(id);
      return job === undefined ? null : search(job);
    },
    inOrder: () => jobs,
  };
}
