import type { UpsReading } from '../../shared/contract/energy.ts';
import { UNKNOWN_UPS } from '../../shared/energy/ups-facts.ts';
import type { UpsFacts } from '../../shared/energy/ups-facts.ts';
import { isoNow } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { UpsAnswer } from './ups-link.ts';

/** Three missed polls of 5 s: from here on a silent UPS is stale (domain 1.1, behaviour 10). */
export const STALE_AFTER_MS = 15_000;
/** A UPS that its server no longer lists is kept this long, for the last thing heard may be "on battery". */
const FORGET_AFTER_MS = 600_000;

interface Remembered {
  facts: UpsFacts;
  /** What the daemon itself said is wrong; null when it answered well. */
  problem: string | null;
  /** Whether its server still names it. */
  listed: boolean;
  heardAtMs: number;
  /** Null before the first good answer. */
  goodAtMs: number | null;
  goodAt: string | null;
}

/** What one daemon has told so far: the last good values of each of its UPSes, kept when it falls silent. */
export interface UpsMemory {
  take(answers: readonly UpsAnswer[]): void;
  /**
   * The readings as of now. `silence` is why the daemon cannot be asked at the moment, null when it can: a
   * reading is believed without a mark until it is 15 s old, then it says for how long nothing was heard.
   */
  readings(source: UpsReading['source'], silence: string | null): readonly UpsReading[];
  /** In how long a reading will turn stale, if nothing is heard; null when none will. */
  staleInMs(): number | null;
}

export function createUpsMemory(clock: Clock): UpsMemory {
  const known = new Map<string, Remembered>();

  const takeOne = (answer: UpsAnswer, nowMs: number) => {
    const before = known.get(answer.name);
    if (answer.facts !== null && answer.problem === null && !answer.commLost) {
      known.set(answer.name, {
        facts: answer.facts,
        problem: null,
        listed: true,
        heardAtMs: nowMs,
        goodAtMs: nowMs,
        goodAt: isoNow(clock),
      });
      return;
    }
    known.set(answer.name, {
      facts: { ...lastKnown(before?.facts ?? null, answer.facts), commLost: answer.commLost },
      problem: answer.problem ?? 'the daemon has lost its UPS',
      listed: true,
      heardAtMs: nowMs,
      goodAtMs: before?.goodAtMs ?? null,
      goodAt: before?.goodAt ?? null,
    });
  };

  return {
    take(answers) {
      const nowMs = clock.monotonicMs();
      for (const answer of answers) takeOne(answer, nowMs);
      const listed = new Set(answers.map((answer) => answer.name));
      for (const [name, entry] of known) {
        if (listed.has(name)) continue;
        if (nowMs - entry.heardAtMs > FORGET_AFTER_MS) known.delete(name);
        entry.listed = false;
      }
    },

    readings(source, silence) {
      const nowMs = clock.monotonicMs();
      return [...known].map(([name, entry]): UpsReading => {
        const problem = problemOf(entry, nowMs - entry.heardAtMs, silence);
        return { ...entry.facts, name, source, feedsThisMachine: false, problem, readAt: entry.goodAt };
      });
    },

    staleInMs() {
      const nowMs = clock.monotonicMs();
      const left = [...known.values()]
        .map((entry) => entry.heardAtMs + STALE_AFTER_MS - nowMs)
        .filter((ms) => ms > 0);
      return left.length === 0 ? null : Math.min(...left);
    },
  };
}

/**
 * A daemon that lost its UPS serves nothing, or old values. The last good ones stand, except for a shutdown it
 * has decided on: that is news even then.
 */
function lastKnown(before: UpsFacts | null, now: UpsFacts | null): UpsFacts {
  if (now?.forcedShutdown === true) return now;
  return before ?? now ?? UNKNOWN_UPS;
}

function problemOf(entry: Remembered, silentMs: number, silence: string | null): string | null {
  if (silence === null && !entry.listed) return 'its server no longer lists it';
  if (silentMs < STALE_AFTER_MS) return entry.problem;
  const text = `not answering for ${Math.floor(silentMs / 1000)} s`;
  return silence === null ? text : `${text}: ${silence}`;
}
