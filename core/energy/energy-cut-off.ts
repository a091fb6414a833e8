import type { Clock } from '../clock.ts';

/** What became of a read: its answer, or why there is none. */
export type ReadOutcome<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'too-slow' };

/**
 * Waits for a read, but not longer than `limitMs` of monotonic time. The read itself goes on; its late answer is
 * dropped, because a value of unknown age is worse than none.
 */
export function cutOff<T>(read: Promise<T>, limitMs: number, clock: Clock): Promise<ReadOutcome<T>> {
  return new Promise((resolve) => {
    const cancel = clock.after(limitMs, () => resolve({ kind: 'too-slow' }));
    read.then(
      (value) => {
        cancel();
        resolve({ kind: 'read', value });
      },
      (error: unknown) => {
        cancel();
        resolve({ kind: 'failed', error });
      },
    );
  });
}
