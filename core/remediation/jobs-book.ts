import type { Job, JobCounts } from '../../shared/contract/job.ts';
import type { Wait } from '../../shared/jobs/facts.ts';
import { compareQueued } from '../../shared/jobs/order.ts';
import type { Clock } from '../clock.ts';
import { hasStarted, isOver, type JobRecord } from './job-record.ts';
import type { JobTally } from './job-tally.ts';
import { createJobsLine, type JobsLine } from './jobs-line.ts';
import type { JobsStore } from './jobs-store.ts';

/** A job that is not over, with what is known of it only while this core runs. Instants are monotonic. */
export interface BookedJob {
  record: JobRecord;
  /** Since when the power would let it go on; null while it does not. */
  betterSinceMs: number | null;
  /** When the checkpoint signal was sent; null but while checkpointing. */
  signalledAtMs: number | null;
  /** When it was given its place. */
  grantedAtMs: number;
  countedAtMs: number;
  keptAtMs: number;
  /** When to look again for processes that outlived the command, and how long after that. */
  lookDueMs: number;
  lookAfterMs: number;
  /** Observe-only: what would have been done was recorded. */
  isObserved: boolean;
  /** Its processes were stopped, and that could not be written down yet. */
  isStanding: boolean;
  /** Its processes were made nice. */
  isNiced: boolean;
  /** As it was last shown, and what that was made of. */
  shown: {
    readonly record: JobRecord;
    readonly wait: Wait | null;
    readonly aheadCount: number | null;
    readonly view: Job;
  } | null;
}

/** Every job that is not over, in memory and on disk. */
export interface JobsBook {
  /** Takes a new job, or one that an earlier core left. @throws what the store throws; then it was not taken */
  add(record: JobRecord): BookedJob;
  get(id: string): BookedJob | null;
  /** By id or by the beginning of one, over or not; `several` when the beginning fits more than one. */
  find(idOrStart: string): JobRecord | 'several' | null;
  /**
   * Writes a change to disk before anything follows from it. What is over leaves the book.
   *
   * @throws what the store throws (a record that is damaged or closed); then the job is as it was
   */
  change(job: BookedJob, to: Partial<JobRecord>): void;
  /** Counts time and watt-hours up to now; on disk every few minutes. */
  count(job: BookedJob): void;
  /** Those with a place: starting or started, in their order. */
  underWay(): readonly BookedJob[];
  /** How many are in each state; states that nobody is in are left out. */
  counts(): JobCounts;
  line(): JobsLine<JobRecord>;
  size(): number;
  ended(): JobRecord[];
  /** An instant for a new job, after that of every other, however the wall clock is set. */
  nextCreatedMs(): number;
  useAgeing(ageingMs: number): void;
}

export interface BookParts {
  readonly clock: Clock;
  readonly store: JobsStore;
  readonly tally: JobTally;
  readonly endedCount: () => number;
  /** Jobs that were forgotten; their folders can go. */
  readonly onForgotten: (ids: readonly string[]) => void;
  readonly onChange: (job: BookedJob, before: JobRecord | null) => void;
}

const KEEP_EVERY_MS = 5 * 60_000;

export function createJobsBook(parts: BookParts, firstAgeingMs: number): JobsBook {
  const { clock, store, tally } = parts;
  const jobs = new Map<string, BookedJob>();
  const underWay = new Set<BookedJob>();
  let inOrder: readonly BookedJob[] | null = [];
  let counts: JobCounts | null = {};
  let ageingMs = firstAgeingMs;
  let line = createJobsLine<JobRecord>(ageingMs);
  let lastCreatedMs = 0;

  const place = (job: BookedJob): void => {
    const { record } = job;
    if (record.state === 'queued') line.add(record);
    else line.remove(record.id);
    const isUnderWay = record.state !== 'queued' && !isOver(record);
    if (isUnderWay !== underWay.has(job)) {
      if (isUnderWay) underWay.add(job);
      else underWay.delete(job);
      inOrder = null;
    }
    if (isOver(record)) jobs.delete(record.id);
    counts = null;
  };
  const counted = (job: BookedJob): void => {
    const nowMs = clock.monotonicMs();
    if (hasStarted(job.record)) {
      const stepMs = nowMs - job.countedAtMs;
      job.record = { ...job.record, ...tally.count(job.record, stepMs, clock.wallMs()) };
    }
    job.countedAtMs = nowMs;
  };

  return {
    add(record) {
      const nowMs = clock.monotonicMs();
      const job: BookedJob = {
        record,
        betterSinceMs: null,
        signalledAtMs:
          record.signalledMs === null ? null : nowMs - Math.max(0, clock.wallMs() - record.signalledMs),
        grantedAtMs: nowMs,
        countedAtMs: nowMs,
        keptAtMs: nowMs,
        lookDueMs: 0,
        lookAfterMs: 0,
        isObserved: false,
        isStanding: false,
        isNiced: false,
        shown: null,
      };
      store.keep(record);
      lastCreatedMs = Math.max(lastCreatedMs, record.createdMs);
      jobs.set(record.id, job);
      if (hasStarted(record) && record.state !== 'paused') tally.begin(record.id);
      place(job);
      parts.onChange(job, null);
      return job;
    },
    get: (id) => jobs.get(id) ?? null,
    find(idOrStart) {
      const exact = jobs.get(idOrStart)?.record ?? store.one(idOrStart);
      if (exact !== null) return exact;
      const all = [...[...jobs.values()].map(({ record }) => record), ...store.ended(parts.endedCount())];
      const fitting = all.filter(({ id }) => id.startsWith(idOrStart));
      return fitting.length > 1 ? 'several' : (fitting[0] ?? null);
    },
    change(job, to) {
      const before = job.record;
      counted(job);
      const isStart = !hasStarted(before) && hasStarted({ ...job.record, ...to });
      const record = { ...job.record, ...to, ...(isStart && { countedMs: clock.wallMs() }) };
      store.keep(record);
      job.record = record;
      job.keptAtMs = clock.monotonicMs();
      if (isStart) tally.begin(record.id);
      if (isOver(record)) tally.end(record.id);
      place(job);
      if (isOver(job.record)) parts.onForgotten(store.prune(parts.endedCount()));
      parts.onChange(job, before);
    },
    count(job) {
      counted(job);
      if (clock.monotonicMs() - job.keptAtMs < KEEP_EVERY_MS) return;
      store.keep(job.record);
      job.keptAtMs = clock.monotonicMs();
    },
    underWay: () =>
      (inOrder ??= [...underWay].sort((one, other) => compareQueued(one.record, other.record, ageingMs))),
    counts: () => (counts ??= countStates(jobs.values())),
    line: () => line,
    size: () => jobs.size,
    ended: () => store.ended(parts.endedCount()),
    nextCreatedMs: () => Math.max(lastCreatedMs + 1, clock.wallMs()),
    useAgeing(nextMs) {
      if (nextMs === ageingMs) return;
      ageingMs = nextMs;
      inOrder = null;
      const waiting = line.inOrder();
      line = createJobsLine<JobRecord>(ageingMs);
      for (const record of waiting) line.add(record);
    },
  };
}

function countStates(jobs: Iterable<BookedJob>): JobCounts {
  const counts: JobCounts = {};
  for (const { record } of jobs) counts[record.state] = (counts[record.state] ?? 0) + 1;
  return counts;
}
