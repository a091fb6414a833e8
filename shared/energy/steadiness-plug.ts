/** What the machine runs on: mains (through a sound UPS or none), its battery, or a UPS that lost its own mains. */
export type Feed = 'line' | 'battery' | 'ups';

/** Plugging in and pulling out count after this long (domain 1.1, "Steadiness"). */
const PLUG_HOLD_MS = 5_000;
/**
 * So many flips within so long are a loose plug: some of them cannot have counted. For a minute after its last
 * flip plugging in counts only once it holds longer, so that an hour of it is one change (behaviour 13).
 */
const LOOSE_FLIPS = 3;
const LOOSE_WINDOW_MS = 10_000;
const LOOSE_HOLD_MS = 30_000;
const LOOSE_FOR_MS = 60_000;

export interface Plug {
  /** What counts now. */
  readonly feed: Feed;
  /** What the last reading said, and since when readings say so. */
  readonly seen: Feed;
  readonly seenSinceMs: number;
  /** The newest flips between readings, at most LOOSE_FLIPS. */
  readonly flipsAtMs: readonly number[];
  /** Until when the plug counts as loose; null when it does not. */
  readonly looseUntilMs: number | null;
}

/** The first reading stands at once. */
export function plugFrom(feed: Feed, monotonicMs: number): Plug {
  return { feed, seen: feed, seenSinceMs: monotonicMs, flipsAtMs: [], looseUntilMs: null };
}

/**
 * One more reading. A flip back within the hold starts the wait anew, so a dock that renegotiates three times
 * in ten seconds is one event. A UPS on battery has had its own patience already (`steadiness-ups.ts`).
 */
export function plug(state: Plug, seen: Feed, monotonicMs: number): Plug {
  const flipped = seen !== state.seen;
  const seenSinceMs = flipped ? monotonicMs : state.seenSinceMs;
  const flipsAtMs = flipped ? [...state.flipsAtMs, monotonicMs].slice(-LOOSE_FLIPS) : state.flipsAtMs;
  const wasLoose = state.looseUntilMs !== null && monotonicMs <= state.looseUntilMs;
  const isLoose = flipped && (wasLoose || isFluttering(flipsAtMs));
  const looseUntilMs = isLoose ? monotonicMs + LOOSE_FOR_MS : wasLoose ? state.looseUntilMs : null;
  const next = { feed: state.feed, seen, seenSinceMs, flipsAtMs, looseUntilMs };
  return monotonicMs - seenSinceMs >= holdMs(next) ? { ...next, feed: seen } : next;
}

/** Milliseconds until what is seen now counts; null when it already does. */
export function plugDueMs(state: Plug, monotonicMs: number): number | null {
  return state.seen === state.feed ? null : state.seenSinceMs + holdMs(state) - monotonicMs;
}

function holdMs(state: Plug): number {
  if (state.seen === state.feed || state.seen === 'ups') return 0;
  return state.seen === 'line' && state.looseUntilMs !== null ? LOOSE_HOLD_MS : PLUG_HOLD_MS;
}

function isFluttering(flipsAtMs: readonly number[]): boolean {
  const [first] = flipsAtMs;
  const last = flipsAtMs.at(-1);
  if (first === undefined || last === undefined || flipsAtMs.length < LOOSE_FLIPS) return false;
  return last - first < LOOSE_WINDOW_MS;
}
