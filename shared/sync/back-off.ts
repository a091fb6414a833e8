const FIRST_MS = 1_000;
const LONGEST_ASKED_MS = 60 * 60_000;

/**
 * How long to wait after the n-th failure in a row (from 1): full jitter over 1 s, 2 s, 4 s .. `longestMs`, never less
 * than a second. What the other side asked for is obeyed up to an hour (6-reliability, 53).
 */
export function backOffMs(
  failuresCount: number,
  askedMs: number | null,
  chance: number,
  longestMs: number,
): number {
  if (askedMs !== null) return Math.max(FIRST_MS, Math.min(askedMs, LONGEST_ASKED_MS));
  // Beyond 2^30 the power would leave the exact whole numbers long after `longestMs` cut it.
  const mostMs = Math.min(FIRST_MS * 2 ** Math.min(failuresCount - 1, 30), longestMs);
  return Math.max(FIRST_MS, Math.round(mostMs * chance));
}
