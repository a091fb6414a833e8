/** A stretch of time, instants in milliseconds since 1970. */
export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The stretches a person can choose, by name. */
export const HISTORY_RANGES = ['1h', '24h', '7d', '30d'] as const;
export type HistoryRange = (typeof HISTORY_RANGES)[number];

const HOUR_MS = 3_600_000;
export const RANGE_MS: Readonly<Record<HistoryRange, number>> = {
  '1h': HOUR_MS,
  '24h': 24 * HOUR_MS,
  '7d': 7 * 24 * HOUR_MS,
  '30d': 30 * 24 * HOUR_MS,
};

/** Ten samples: closer than this there is nothing more to see. */
const SHORTEST_MS = 5 * 60_000;

export function lengthMs({ fromMs, toMs }: TimeSpan): number {
  return toMs - fromMs;
}

/** The chosen stretch up to `endMs`. */
export function rangeSpan(range: HistoryRange, endMs: number): TimeSpan {
  return { fromMs: endMs - RANGE_MS[range], toMs: endMs };
}

/** `span` made `factor` times as long, with `aroundMs` staying where it is on screen, inside `limits`. */
export function zoomed(span: TimeSpan, factor: number, aroundMs: number, limits: TimeSpan): TimeSpan {
  const anchorMs = Math.min(Math.max(aroundMs, span.fromMs), span.toMs);
  const longMs = Math.min(Math.max(lengthMs(span) * factor, SHORTEST_MS), lengthMs(limits));
  const scale = longMs / lengthMs(span);
  const fromMs = anchorMs - (anchorMs - span.fromMs) * scale;
  return kept({ fromMs, toMs: fromMs + longMs }, limits);
}

/** `span` moved by `byMs`, its length kept, inside `limits`. */
export function panned(span: TimeSpan, byMs: number, limits: TimeSpan): TimeSpan {
  return kept({ fromMs: span.fromMs + byMs, toMs: span.toMs + byMs }, limits);
}

/** The stretch between two instants in any order, at least the shortest, inside `limits`. */
export function between(oneMs: number, otherMs: number, limits: TimeSpan): TimeSpan {
  const [fromMs, toMs] = [Math.min(oneMs, otherMs), Math.max(oneMs, otherMs)];
  const middleMs = (fromMs + toMs) / 2;
  const halfMs = Math.max(toMs - fromMs, SHORTEST_MS) / 2;
  return kept({ fromMs: middleMs - halfMs, toMs: middleMs + halfMs }, limits);
}

/** Moves a stretch that sticks out back inside; one longer than the limits becomes the limits. */
function kept(span: TimeSpan, limits: TimeSpan): TimeSpan {
  if (lengthMs(span) >= lengthMs(limits)) return limits;
  if (span.fromMs < limits.fromMs) {
    return { fromMs: limits.fromMs, toMs: limits.fromMs + lengthMs(span) };
  }
  if (span.toMs > limits.toMs) return { fromMs: limits.toMs - lengthMs(span), toMs: limits.toMs };
  return span;
}

export function sameSpan(one: TimeSpan, other: TimeSpan): boolean {
  return one.fromMs === other.fromMs && one.toMs === other.toMs;
}

export function overlaps(one: TimeSpan, other: TimeSpan): boolean {
  return one.fromMs < other.toMs && other.fromMs < one.toMs;
}

/** A stretch on the way from one to another, `share` 0..1 of it; even to the eye at every zoom. */
export function spanBetween(from: TimeSpan, to: TimeSpan, share: number): TimeSpan {
  const mix = (one: number, other: number): number => one + (other - one) * share;
  return { fromMs: mix(from.fromMs, to.fromMs), toMs: mix(from.toMs, to.toMs) };
}
