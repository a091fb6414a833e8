import { backOffMs } from '../../shared/sync/back-off.ts';
import type { Clock } from '../clock.ts';

/** What must not be tried before when: everything ("all"), an act, a key. By the even clock, in memory alone. */
export interface Holds {
  hold(what: string, ms: number): void;
  /** 0 when it may be tried now. */
  leftMs(what: string): number;
  has(what: string): boolean;
  /** One more failure in a row that concerns everything; gives how long everything waits. */
  failed(askedMs: number | null): number;
  succeeded(): void;
  backOffMs(failuresCount: number, askedMs: number | null): number;
  /** Lets everything go on: when tries were failing, or whatever held it. True when something was let go. */
  release(which: 'failing' | 'whatever'): boolean;
}

/** So many may be held at a time; beyond that the holds that are over are forgotten. More than ever wait in line. */
const MOST_HOLDS = 20_000;

export function createHolds(
  clock: Pick<Clock, 'monotonicMs'>,
  chance: () => number,
  longestMs: number,
): Holds {
  const until = new Map<string, number>();
  let failuresCount = 0;
  const hold = (what: string, ms: number): void => {
    until.set(what, clock.monotonicMs() + ms);
    if (until.size <= MOST_HOLDS) return;
    for (const [other, untilMs] of until) if (untilMs <= clock.monotonicMs()) until.delete(other);
  };
  const waitMs = (count: number, askedMs: number | null): number =>
    backOffMs(count, askedMs, chance(), longestMs);
  return {
    hold,
    leftMs: (what) => Math.max(0, (until.get(what) ?? 0) - clock.monotonicMs()),
    has: (what) => until.has(what),
    failed(askedMs) {
      failuresCount += 1;
      const ms = waitMs(failuresCount, askedMs);
      hold('all', ms);
      return ms;
    },
    succeeded() {
      failuresCount = 0;
    },
    backOffMs: waitMs,
    release(which) {
      if (which === 'failing' && failuresCount === 0) return false;
      failuresCount = 0;
      return until.delete('all');
    },
  };
}
