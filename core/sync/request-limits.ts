import type { Clock } from '../clock.ts';
import type { OutboxStore } from './outbox-store.ts';

/** At most `count` requests in any stretch of `windowMs`. */
export interface RequestRule {
  readonly count: number;
  readonly windowMs: number;
}

/** Counts requests so that no stretch of time ever holds more than was agreed, over restarts too. */
export interface RequestLimits {
  /** Milliseconds until one more may go; 0 when it may now. */
  waitMs(group: string): number;
  /** Takes one; gives what `waitMs` would, and takes nothing unless that is 0. Joins the caller's transaction. */
  take(group: string): number;
  /** The last one taken surely had no effect. */
  giveBack(group: string): void;
}

interface Spent {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** Longer windows go by the wall clock: the machine may sleep through them. */
const SHORT_MS = 60 * 60_000;

/** Groups that share their limits share a name; `rulesOf` is asked each time, so that settings apply at once. */
export function createRequestLimits(
  clock: Clock,
  store: Pick<OutboxStore, 'value' | 'setValue'>,
  name: string,
  rulesOf: (group: string) => readonly RequestRule[],
): RequestLimits {
  const spent = new Map<string, readonly Spent[]>();

  const ageMs = ({ wallMs, monotonicMs }: Spent, windowMs: number): number => {
    const runMs = clock.monotonicMs() - monotonicMs;
    return windowMs <= SHORT_MS ? runMs : Math.max(runMs, clock.wallMs() - wallMs);
  };
  const of = (group: string): readonly Spent[] => {
    const known = spent.get(group);
    if (known !== undefined) return known;
    const read = readInstants(store.value(`spent:${name}:${group}`)).map((wallMs): Spent => {
      // An instant in the future (the clock was set back) counts as now: rather too few requests than too many.
      const age = Math.max(0, clock.wallMs() - wallMs);
      return { wallMs, monotonicMs: clock.monotonicMs() - age };
    });
    spent.set(group, read);
    return read;
  };
  const keep = (group: string, next: readonly Spent[]): void => {
    store.setValue(`spent:${name}:${group}`, JSON.stringify(next.map((one) => one.wallMs)));
    spent.set(group, next);
  };
  const waitMs = (group: string): number => {
    const all = of(group);
    return Math.max(
      0,
      ...rulesOf(group).map(({ count, windowMs }) => {
        const ages = all.map((one) => ageMs(one, windowMs)).filter((age) => age < windowMs);
        if (ages.length < count) return 0;
        if (count === 0) return windowMs;
        // The count-th newest has to leave the window.
        const deciding = ages.sort((one, other) => one - other)[count - 1] ?? 0;
        return Math.max(1, windowMs - deciding);
      }),
    );
  };
  return {
    waitMs,
    take(group) {
      const wait = waitMs(group);
      if (wait > 0) return wait;
      const longestMs = Math.max(0, ...rulesOf(group).map(({ windowMs }) => windowMs));
      const kept = of(group).filter((one) => ageMs(one, longestMs) < longestMs);
      keep(group, [...kept, { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() }]);
      return 0;
    },
    giveBack: (group) => keep(group, of(group).slice(0, -1)),
  };
}

function readInstants(text: string | null): number[] {
  if (text === null) return [];
  try {
    const read = JSON.parse(text) as unknown;
    return Array.isArray(read) ? read.filter((one): one is number => typeof one === 'number') : [];
  } catch {
    return [];
  }
}
