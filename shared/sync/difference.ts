import type { TaskStatus } from '../contract/vocabulary.ts';

/** A task as both sides know it. */
export interface TwoSides {
  readonly role: 'board' | 'task';
  /** The title it should have; null when we want none. */
  readonly ourTitle: string | null;
  readonly ourStatus: TaskStatus | null;
  /** Null when it was never seen there. */
  readonly theirTitle: string | null;
  readonly theirStatus: string | null;
  /** It was there or was said to be, and is not. */
  readonly isMissing: boolean;
}

export interface Difference {
  readonly what: 'missing' | 'title' | 'status';
  readonly ours: string;
  readonly theirs: string;
}

/**
 * What their status may be while ours is this; any where nothing is said. `stopped` means finished or stopped by
 * somebody: there is no "completed" (5-integrations, 1.3).
 */
const FITTING: Readonly<Partial<Record<TaskStatus, readonly string[]>>> = {
  done: ['stopped'],
  deployed: ['stopped'],
  queued: ['running', 'waiting', 'stopped'],
  deploying: ['running', 'waiting', 'stopped'],
};

/** What differs between us and the service; empty when nothing does, or while nothing is known of it. */
export function differences(task: TwoSides): Difference[] {
  if (task.isMissing) return [{ what: 'missing', ours: 'known', theirs: 'not there' }];
  const { ourTitle, theirTitle, ourStatus, theirStatus } = task;
  const found: Difference[] = [];
  if (ourTitle !== null && theirTitle !== null && ourTitle !== theirTitle)
    found.push({ what: 'title', ours: ourTitle, theirs: theirTitle });
  const fitting = ourStatus === null || task.role === 'board' ? undefined : FITTING[ourStatus];
  if (ourStatus !== null && theirStatus !== null && fitting?.includes(theirStatus) === false)
    found.push({ what: 'status', ours: ourStatus, theirs: theirStatus });
  return found;
}
