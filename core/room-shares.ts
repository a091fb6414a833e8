import type { Note } from './orchestrator.ts';

/** What the rooms add to a snapshot, each by itself. */
export interface RoomShares {
  /** What `make` gives; while it throws, what it gave last (`first` before that). */
  of<T>(room: string, first: T, make: () => T): T;
  /** A sentence for every room whose last try failed. */
  notes(): Note[];
}

/** A queue or a mirror that fails takes its own part of the snapshot with it and nothing else: verdicts go on. */
export function createRoomShares(onFault: (error: unknown) => void): RoomShares {
  const last = new Map<string, unknown>();
  const failing = new Map<string, string>();

  return {
    of<T>(room: string, first: T, make: () => T): T {
      try {
        const share = make();
        last.set(room, share);
        failing.delete(room);
        return share;
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        // Said once, not every 30 s; the note stays for as long as it fails.
        if (failing.get(room) !== why) onFault(error);
        failing.set(room, why);
        return last.has(room) ? (last.get(room) as T) : first;
      }
    },
    notes: () =>
      [...failing].map(([room, why]) => ({
        code: 'part-failed',
        text: `The part for ${room} failed: ${why.replace(/\.$/, '')}. What it said last still shows; verdicts go on.`,
      })),
  };
}
