import type { HistoryCurve } from './history-data.ts';

/** Columns on one time axis: null breaks a line, undefined lets it pass. */
export interface AlignedCurves {
  readonly atMs: readonly number[];
  readonly columns: readonly (readonly (number | null | undefined)[])[];
}

/** The values of the curves of one plot on the instants of all of them, which nearly always are the same. */
export function alignedCurves(curves: readonly HistoryCurve[]): AlignedCurves {
  const longest = curves.reduce<readonly number[]>(
    (most, { atMs }) => (atMs.length > most.length ? atMs : most),
    [],
  );
  const isSame = curves.every(({ atMs }) => atMs.length === 0 || sameInstants(atMs, longest));
  if (isSame) return { atMs: longest, columns: curves.map(({ values }) => values) };
  const atMs = [...new Set(curves.flatMap((curve) => curve.atMs))].sort((one, other) => one - other);
  return {
    atMs,
    columns: curves.map((curve) => {
      const places = new Map(curve.atMs.map((at, index) => [at, index]));
      return atMs.map((at) => {
        const place = places.get(at);
        return place === undefined ? undefined : (curve.values[place] ?? null);
      });
    }),
  };
}

function sameInstants(one: readonly number[], other: readonly number[]): boolean {
  return one === other || (one.length === other.length && one.every((atMs, index) => atMs === other[index]));
}

/** The least and the most of all curves; null where there is no value. */
export function extentOf(curves: readonly HistoryCurve[]): readonly [number, number] | null {
  let [least, most] = [Infinity, -Infinity];
  for (const { lows, highs } of curves) {
    for (const value of lows) if (value !== null && value < least) least = value;
    for (const value of highs) if (value !== null && value > most) most = value;
  }
  return least > most ? null : [least, most];
}

/** Where a value stands alone between breaks: a line cannot show it. */
export function lonePoints(column: readonly (number | null | undefined)[]): readonly number[] {
  return column.flatMap((value, index) =>
    !isBreak(value) && isBreak(column[index - 1]) && isBreak(column[index + 1]) ? [index] : [],
  );
}

/** Also true before the first and after the last. */
function isBreak(value: number | null | undefined): boolean {
  return value === null || value === undefined;
}
