import { compareQueued, type Queued } from '../../shared/jobs/order.ts';

/** The jobs that wait, first in line first. A job finds its place by halving: a thousand cost ten looks. */
export interface JobsLine<T extends Queued & { readonly needsKey: string }> {
  add(job: T): void;
  remove(id: string): void;
  /** 0 is next; null when it is not in line. */
  placeOf(id: string): number | null;
  inOrder(): readonly T[];
  /** One of each that need the same: where none of these may start, none of all may. */
  kinds(): Iterable<T>;
}

export function createJobsLine<T extends Queued & { readonly needsKey: string }>(
  ageingMs: number,
): JobsLine<T> {
  const jobs: T[] = [];
  const known = new Map<string, T>();
  const kinds = new Map<string, { readonly one: T; count: number }>();
  const countKind = (job: T, step: 1 | -1): void => {
    const kind = kinds.get(job.needsKey) ?? { one: job, count: 0 };
    kind.count += step;
    if (kind.count > 0) kinds.set(job.needsKey, kind);
    else kinds.delete(job.needsKey);
  };
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
      else {
        jobs.splice(search(job), 0, job);
        countKind(job, 1);
      }
      known.set(job.id, job);
    },
    remove(id) {
      const job = known.get(id);
      if (job === undefined) return;
      jobs.splice(search(job), 1);
      known.delete(id);
      countKind(job, -1);
    },
    placeOf(id) {
      const job = known.get(id);
      return job === undefined ? null : search(job);
    },
    inOrder: () => jobs,
    *kinds() {
      for (const { one } of kinds.values()) yield one;
    },
  };
}
