/** What a line is drawn with; the same as a path of a canvas. */
export interface LinePen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

export interface LineScale {
  /** Pixels. */
  readonly xOf: (atMs: number) => number;
  readonly yOf: (value: number) => number;
}

/**
 * Draws the points `from` to `to` (both included): a null lifts the pen, undefined is passed over. Of the points that
 * fall on one column of pixels, the first, the least, the most and the last are drawn, so that no peak is lost.
 */
export function drawLine(
  pen: LinePen,
  atMs: ArrayLike<number>,
  values: ArrayLike<number | null | undefined>,
  [from, to]: readonly [number, number],
  { xOf, yOf }: LineScale,
): void {
  let isDown = false;
  let column = NaN;
  let [least, most, last, count] = [0, 0, 0, 0];
  const endColumn = (): void => {
    if (count > 2) {
      pen.lineTo(column, most);
      pen.lineTo(column, least);
    }
    if (count > 1) pen.lineTo(column, last);
    count = 0;
  };
  for (let index = from; index <= to; index += 1) {
    const value = values[index];
    if (value === undefined) continue;
    if (value === null) {
      endColumn();
      isDown = false;
      continue;
    }
    const x = Math.round(xOf(atMs[index] ?? 0));
    const y = yOf(value);
    if (isDown && x === column) {
      [least, most, last] = [Math.min(least, y), Math.max(most, y), y];
      count += 1;
      continue;
    }
    endColumn();
    if (isDown) pen.lineTo(x, y);
    else pen.moveTo(x, y);
    isDown = true;
    [column, least, most, last, count] = [x, y, y, y, 1];
  }
  endColumn();
}

/** What `placeOf` says, which is even from one of the `ends` to the other, at the price of asking it twice. */
export function evenScale(
  [from, to]: readonly [number, number],
  placeOf: (value: number) => number,
): (value: number) => number {
  const first = placeOf(from);
  const perUnit = from === to ? 0 : (placeOf(to) - first) / (to - from);
  return (value) => first + (value - from) * perUnit;
}
