import type { JobNeeds } from '../../shared/contract/job.ts';
import { compareQueued, type Queued } from '../../shared/jobs/order.ts';

/** What the line looks at of one job. */
export interface Lined extends Queued {
  readonly project: string | null;
  readonly needs: JobNeeds;
  /** A person holds it back: it keeps its place and is no candidate. */
  readonly isHeld: boolean;
}

/** The jobs that wait, first in line first. A job finds its place by halving: a thousand cost ten looks. */
export interface JobsLine<T extends Lined> {
  add(job: T): void;
  remove(id: string): void;
  /** 0 is next; null when it is not in line. */
  placeOf(id: string): number | null;
  inOrder(): readonly T[];
  /**
   * Two at most for each project and level that anybody in line has: the shortest job, and one that does not say how
   * long it takes. Whoever takes longer waits for all that the shortest waits for, so where none of these may start,
   * none of all may, however many they are. What is held back is left out.
   */
  candidates(): readonly T[];
}

interface Kind<T> {
  /** Of each length in minutes, null being not said, those in line. */
  readonly byMinutes: Map<number | null, Set<T>>;
  /** Null until it is asked for, and again after a change. */
  candidates: readonly T[] | null;
}

export function createJobsLine<T extends Lined>(ageingMs: number): JobsLine<T> {
  const jobs: T[] = [];
  const known = new Map<string, T>();
  const kinds = new Map<string, Kind<T>>();
  let candidates: readonly T[] | null = null;

  const join = (job: T): void => {
    if (job.isHeld) return;
    candidates = null;
    const key = kindKey(job);
    const kind = kinds.get(key) ?? { byMinutes: new Map<number | null, Set<T>>(), candidates: null };
    kinds.set(key, kind);
    const same = kind.byMinutes.get(job.needs.minutes) ?? new Set<T>();
    kind.byMinutes.set(job.needs.minutes, same.add(job));
    kind.candidates = null;
  };
  const leave = (job: T): void => {
    const key = kindKey(job);
    const kind = kinds.get(key);
    const same = kind?.byMinutes.get(job.needs.minutes);
    if (kind === undefined || same === undefined || !same.delete(job)) return;
    if (same.size === 0) kind.byMinutes.delete(job.needs.minutes);
    if (kind.byMinutes.size === 0) kinds.delete(key);
    kind.candidates = null;
    candidates = null;
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
      if (before !== undefined) {
        leave(before);
        jobs.splice(search(before), 1);
      }
      jobs.splice(search(job), 0, job);
      join(job);
      known.set(job.id, job);
    },
    remove(id) {
      const job = known.get(id);
      if (job === undefined) return;
      leave(job);
      jobs.splice(search(job), 1);
      known.delete(id);
    },
    placeOf(id) {
      const job = known.get(id);
      return job === undefined ? null : search(job);
    },
    inOrder: () => jobs,
    candidates: () =>
      (candidates ??= [...kinds.values()].flatMap((kind) => (kind.candidates ??= candidatesOf(kind)))),
  };
}

function kindKey({ project, needs }: Lined): string {
  return `${needs.level} ${project ?? ''}`;
}

function candidatesOf<T>({ byMinutes }: Kind<T>): T[] {
  let shortest: number | null = null;
  for (const minutes of byMinutes.keys())
    if (minutes !== null && (shortest === null || minutes < shortest)) shortest = minutes;
  return [...new Set([null, shortest])].flatMap((minutes) => {
    const [one] = byMinutes.get(minutes) ?? [];
    return one === undefined ? [] : [one];
  });
}
