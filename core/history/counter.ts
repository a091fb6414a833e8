/**
 * How far a counter went on since the look before. One that went back was reset: it counted from zero again. Null
 * while there is nothing to compare with.
 */
export function counterIncrease(before: number | null, now: number | null): number | null {
  if (before === null || now === null) return null;
  return now >= before ? now - before : now;
}
