import type { HistoryGap, HistorySpan } from '../../shared/contract/history.ts';

/** A code that held at an instant, such as a level. */
export interface Held {
  readonly atMs: number;
  readonly code: number;
}

/**
 * Codes as bands. One lasts until the next differs; none reaches across a gap or further than `farMs` past the last
 * time it was seen.
 */
export function spansOf(
  held: readonly Held[],
  gaps: readonly HistoryGap[],
  farMs: number,
  toMs: number,
  wordOf: (code: number) => string,
): HistorySpan[] {
  const spans: HistorySpan[] = [];
  let nextGap = 0;
  held.forEach(({ atMs, code }, index) => {
    const nextMs = held[index + 1]?.atMs ?? Math.min(toMs, atMs + farMs);
    // Both are in the order of time: no gap is looked at twice.
    while ((gaps[nextGap]?.fromMs ?? Infinity) < atMs) nextGap += 1;
    const begin = gaps[nextGap]?.fromMs ?? Infinity;
    const isFar = nextMs - atMs > farMs;
    const endMs = begin < nextMs ? begin : isFar ? atMs : nextMs;
    const value = wordOf(code);
    const before = spans.at(-1);
    if (before?.value === value && before.toMs === atMs) spans[spans.length - 1] = { ...before, toMs: endMs };
    else spans.push({ fromMs: atMs, toMs: endMs, value });
  });
  return spans;
}
