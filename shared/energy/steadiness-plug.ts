import { FIRM_CONTACT, flip, inHoldMs, outHoldMs, settle, type Contact } from './steadiness-contact.ts';

/** What the machine runs on: mains (through a sound UPS or none), its battery, or a UPS that lost its own mains. */
export type Feed = 'line' | 'battery' | 'ups';

/** A hold longer than this is worth telling a person. */
const TOLD_FROM_MS = 30_000;

export interface Plug {
  /** What counts now. */
  readonly feed: Feed;
  /** What the last reading said, and since when readings say so. */
  readonly seen: Feed;
  readonly seenSinceMs: number;
  /** The charge of the last reading that told it. */
  readonly percent: number | null;
  readonly contact: Contact;
}

/** The first reading stands at once. */
export function plugFrom(feed: Feed, monotonicMs: number, percent: number | null = null): Plug {
  return { feed, seen: feed, seenSinceMs: monotonicMs, percent, contact: FIRM_CONTACT };
}

/**
 * One more reading. A flip back within the hold starts the wait anew, so a dock that renegotiates three times
 * in ten seconds is one event; a loose plug has longer holds (`steadiness-contact.ts`). A UPS on battery has had its
 * own patience already (`steadiness-ups.ts`).
 */
export function plug(before: Plug, seen: Feed, monotonicMs: number, percent: number | null = null): Plug {
  const state = percent === null ? before : { ...before, percent };
  const isOfCord = seen !== 'ups' && state.seen !== 'ups';
  const next =
    seen === state.seen
      ? state
      : {
          ...state,
          seen,
          seenSinceMs: monotonicMs,
          contact: isOfCord
            ? flip(state.contact, seen === 'line' && state.feed === 'line', monotonicMs)
            : state.contact,
        };
  if (next.feed === seen || monotonicMs - next.seenSinceMs < holdMs(next)) return next;
  return { ...next, feed: seen, contact: settle(next.contact, seen, next.seenSinceMs) };
}

/** Milliseconds until what is seen now counts; null when it already does. */
export function plugDueMs(state: Plug, monotonicMs: number): number | null {
  return state.seen === state.feed ? null : state.seenSinceMs + holdMs(state) - monotonicMs;
}

/** How long what is seen must hold before it counts, where a person would wonder; null where not. */
export function looseHoldMs(state: Plug): number | null {
  const hold = holdMs(state);
  return hold > TOLD_FROM_MS ? hold : null;
}

function holdMs(state: Plug): number {
  if (state.seen === state.feed || state.seen === 'ups') return 0;
  return state.seen === 'line'
    ? inHoldMs(state.contact, state.seenSinceMs)
    : outHoldMs(state.contact, state.seenSinceMs, state.percent);
}
