import { describe, expect, it } from 'vitest';

import {
  createRetrievalTally,
  ndcgAt,
  recallAt,
  reciprocalRank,
  type JudgedSearch,
} from '../../../../shared/consciousness/retrieval-quality.ts';

const search = (relevant: readonly string[], retrieved: readonly string[]): JudgedSearch => ({
  relevant: new Set(relevant),
  retrieved,
});

describe('retrieval quality', () => {
  it.each<[JudgedSearch, number, number, number, number]>([
    // search, k, recall, reciprocal rank, nDCG: worked out by hand
    [search(['a'], ['a', 'b', 'c']), 3, 1, 1, 1],
    [search(['b'], ['a', 'b', 'c']), 3, 1, 0.5, 1 / Math.log2(3)],
    [search(['c'], ['a', 'b', 'c']), 2, 0, 1 / 3, 0],
    [search(['a', 'c'], ['a', 'b', 'c']), 3, 1, 1, (1 + 0.5) / (1 + 1 / Math.log2(3))],
    [search(['a', 'b', 'c', 'd'], ['a', 'b']), 2, 0.5, 1, 1],
    [search(['x'], ['a', 'b', 'c']), 3, 0, 0, 0],
    [search(['x'], []), 3, 0, 0, 0],
  ])('case %#', (given, k, recall, rank, ndcg) => {
    expect(recallAt(k, given)).toBeCloseTo(recall, 12);
    expect(reciprocalRank(given)).toBeCloseTo(rank, 12);
    expect(ndcgAt(k, given)).toBeCloseTo(ndcg, 12);
  });

  it('is the mean over searches, and nothing before the first', () => {
    const tally = createRetrievalTally(2);
    expect(tally.quality()).toBeNull();
    tally.add(search(['a'], ['a']));
    tally.add(search(['a'], ['b', 'c']));
    expect(tally.quality()).toEqual({ searches: 2, recall: 0.5, mrr: 0.5, ndcg: 0.5 });
  });
});
