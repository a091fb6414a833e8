import type { JobNeeds } from '../contract/job.ts';

/** What decides a job's place in line. */
export interface Queued {
  readonly id: string;
  /** Milliseconds since 1970. Never goes back from one job to the next. */
  readonly createdMs: number;
  /** -10 to 10. */
  readonly priority: number;
}

/**
 * The place in line as one number, lower first. Priority counts, and every `ageingMs` of waiting counts as one step
 * of it: "priority plus age" falls with time for all jobs alike, so the number never changes and nothing is sorted
 * again. A job is passed only by those that come within twenty steps after it, so none waits for ever.
 */
export function placeKey({ createdMs, priority }: Queued, ageingMs: number): number {
  return createdMs - priority * ageingMs;
}

/** Negative when `one` goes first. The older of two with the same key, then the lower id. */
export function compareQueued(one: Queued, other: Queued, ageingMs: number): number {
  const byKey = placeKey(one, ageingMs) - placeKey(other, ageingMs);
  if (byKey !== 0) return byKey;
  const byAge = one.createdMs - other.createdMs;
  if (byAge !== 0) return byAge;
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

/** Jobs with the same text wait for the same things, whatever else they are. */
export function needsKey(project: string | null, { level, minutes }: JobNeeds): string {
  return `${level} ${minutes ?? ''} ${project ?? ''}`;
}
