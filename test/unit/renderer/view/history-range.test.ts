import { describe, expect, it } from 'vitest';

import { rangePieces } from '../../../../renderer/view/history-range.ts';

const VIEW = { fromMs: 0, toMs: 100 };

describe('the range of steps', () => {
  it('is each step where there is room for it, and breaks at a gap', () => {
    const curve = {
      atMs: [0, 10, 20, 30, 40],
      lows: [1, 2, null, 4, 5],
      highs: [6, 7, null, 9, 9],
    };
    expect(rangePieces(curve, VIEW, 8)).toEqual([
      { atMs: [0, 10], lows: [1, 2], highs: [6, 7] },
      { atMs: [30, 40], lows: [4, 5], highs: [9, 9] },
    ]);
  });

  it('keeps the least and the most of steps that are merged, and reaches to the last of them', () => {
    const curve = { atMs: [0, 1, 2, 8, 9, 10], lows: [5, 1, 5, 4, 5, 3], highs: [6, 6, 99, 7, 7, 8] };
    expect(rangePieces(curve, VIEW, 8)).toEqual([{ atMs: [0, 8, 10], lows: [1, 3, 3], highs: [99, 8, 8] }]);
  });

  it('merges the same steps wherever the view begins among them', () => {
    const atMs = Array.from({ length: 64 }, (_, index) => index);
    const highs = atMs.map((at) => (at * 37) % 64);
    const curve = { atMs, lows: atMs.map(() => 0), highs };
    const inner = (fromMs: number): readonly number[] =>
      rangePieces(curve, { fromMs, toMs: 60 }, 8)[0]?.highs.slice(2, 5) ?? [];
    expect(inner(1)).toEqual(inner(7));
  });

  it('reaches one step out of sight on each side, and is nothing where all are alone', () => {
    const curve = { atMs: [0, 10, 20, 30, 40], lows: [1, 1, 1, 1, 1], highs: [2, 2, 2, 2, 2] };
    expect(rangePieces(curve, { fromMs: 15, toMs: 25 }, 1)[0]?.atMs).toEqual([10, 20, 30]);
    expect(rangePieces({ atMs: [0, 1, 2], lows: [1, null, 1], highs: [2, null, 2] }, VIEW, 1)).toEqual([]);
    expect(rangePieces({ atMs: [], lows: [], highs: [] }, VIEW, 1)).toEqual([]);
  });
});
