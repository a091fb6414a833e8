import type { UpsAnswer, UpsLink } from '../../core/energy/ups-link.ts';
import { UpsProblem } from '../../core/energy/ups-problem.ts';
import { UNKNOWN_UPS } from '../../shared/energy/ups-facts.ts';
import type { UpsFacts } from '../../shared/energy/ups-facts.ts';

/** Never an answer. */
export const HANGS = Symbol('hangs');

/** A UPS daemon without a network: it does what `mood` says when it is asked. */
export interface FakeUpsLink extends UpsLink {
  /** Answers to give, a sentence to fail with, or never an answer. May be changed at any time. */
  mood: readonly UpsAnswer[] | string | typeof HANGS;
  /** Monotonic instants of each opening and of each question. */
  readonly openedAtMs: number[];
  readonly askedAtMs: number[];
  /** Sessions that are open now. */
  openSessions(): number;
}

export function fakeUpsLink(
  host: string,
  clock: { monotonicMs(): number },
  mood: FakeUpsLink['mood'],
  source: UpsLink['source'] = 'nut',
): FakeUpsLink {
  const openedAtMs: number[] = [];
  const askedAtMs: number[] = [];
  let open = 0;
  const answer = (): Promise<readonly UpsAnswer[]> => {
    if (link.mood === HANGS) return new Promise(() => undefined);
    if (typeof link.mood === 'string') return Promise.reject(new UpsProblem('closed', link.mood));
    return Promise.resolve(link.mood);
  };
  const link: FakeUpsLink = {
    source,
    address: `${host}:1`,
    standInName: `${source}@${host}`,
    mood,
    openedAtMs,
    askedAtMs,
    openSessions: () => open,
    async open() {
      openedAtMs.push(clock.monotonicMs());
      await answer();
      open += 1;
      let closed = false;
      return {
        read() {
          askedAtMs.push(clock.monotonicMs());
          return answer();
        },
        close() {
          if (!closed) open -= 1;
          closed = true;
        },
      };
    },
  };
  return link;
}

/** A good answer. */
export function upsAnswer(name: string, facts: Partial<UpsFacts>): UpsAnswer {
  return { name, facts: { ...UNKNOWN_UPS, ...facts }, problem: null, commLost: false };
}
