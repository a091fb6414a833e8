const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;
const LONGEST_ASKED_MS = 60 * 60_000;

/**
 * How long to wait after the n-th failure in a row (from 1): 1 s, 2 s, 4 s .. 5 min at most, all of it spread by
 * chance but never less than a second. What the other side asked for is obeyed up to an hour.
 */
export function retryWaitMs(failuresCount: number, askedMs: number | null, chance: number): number {
  if (askedMs !== null) return Math.max(FIRST_MS, Math.min(askedMs, LONGEST_ASKED_MS));
  const mostMs = Math.min(FIRST_MS * 2 ** (failuresCount - 1), LONGEST_MS);
  return Math.max(FIRST_MS, Math.round(mostMs * chance));
}
