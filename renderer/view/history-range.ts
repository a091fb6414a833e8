import type { HistoryCurve } from './history-data.ts';
import type { TimeSpan } from './history-span.ts';

/** A stretch of steps without a break; all columns are equally long. */
export interface RangePiece {
  readonly atMs: readonly number[];
  readonly lows: readonly number[];
  readonly highs: readonly number[];
}

/**
 * From the least to the most of each step in sight, and of one step on each side. Steps closer together than
 * `bucketMs` become one, with the least and the most of all of them; buckets lie on even instants, so that a moved view
 * has the same ones.
 */
export function rangePieces(
  { atMs, lows, highs }: Pick<HistoryCurve, 'atMs' | 'lows' | 'highs'>,
  { fromMs, toMs }: TimeSpan,
  bucketMs: number,
): readonly RangePiece[] {
  const pieces: RangePiece[] = [];
  let piece = { atMs: [] as number[], lows: [] as number[], highs: [] as number[] };
  let bucket = NaN;
  let lastMs = NaN;
  const endPiece = (): void => {
    // A merged bucket reaches to its last step.
    const place = piece.atMs.length - 1;
    if (place >= 0 && piece.atMs[place] !== lastMs) put(piece, lastMs, piece.lows[place], piece.highs[place]);
    if (piece.atMs.length > 1) pieces.push(piece);
    piece = { atMs: [], lows: [], highs: [] };
    bucket = NaN;
  };
  for (let index = Math.max(0, firstFrom(atMs, fromMs) - 1); index < atMs.length; index += 1) {
    const [at, low, high] = [atMs[index] ?? NaN, lows[index] ?? null, highs[index] ?? null];
    if (low === null || high === null) endPiece();
    else {
      const place = piece.atMs.length - 1;
      if (Math.floor(at / bucketMs) === bucket) {
        piece.lows[place] = Math.min(piece.lows[place] ?? low, low);
        piece.highs[place] = Math.max(piece.highs[place] ?? high, high);
      } else put(piece, at, low, high);
      bucket = Math.floor(at / bucketMs);
      lastMs = at;
    }
    if (at > toMs) break;
  }
  endPiece();
  return pieces;
}

function put(
  piece: { atMs: number[]; lows: number[]; highs: number[] },
  atMs: number,
  low = 0,
  high = 0,
): void {
  piece.atMs.push(atMs);
  piece.lows.push(low);
  piece.highs.push(high);
}

/** The first place whose instant is not before `ms`; the length where all are. */
function firstFrom(atMs: readonly number[], ms: number): number {
  let [from, to] = [0, atMs.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((atMs[middle] ?? Infinity) < ms) from = middle + 1;
    else to = middle;
  }
  return from;
}
