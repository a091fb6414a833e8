/** One search of an evaluation set: what should have been found and what was, best first. */
export interface JudgedSearch {
  readonly relevant: ReadonlySet<string>;
  /** Without repeats. */
  readonly retrieved: readonly string[];
}

/** Each 0..1, the mean over all searches. */
export interface RetrievalQuality {
  readonly searches: number;
  readonly recall: number;
  readonly mrr: number;
  readonly ndcg: number;
}

/** The sums behind the means, so that a long file is judged line by line. */
export interface RetrievalTally {
  add(search: JudgedSearch): void;
  /** Null before the first search. */
  quality(): RetrievalQuality | null;
}

/**
 * recall@k and reciprocal rank as in Manning, Raghavan, Schütze, "Introduction to Information Retrieval" (2008),
 * chapter 8; nDCG@k with binary relevance as in Järvelin, Kekäläinen (2002), gain / log2(rank + 1), against the
 * best order possible. The reciprocal rank looks at the whole list, the others at its first `k`.
 */
export function createRetrievalTally(k: number): RetrievalTally {
  let searches = 0;
  let recall = 0;
  let mrr = 0;
  let ndcg = 0;
  return {
    add(search) {
      searches += 1;
      recall += recallAt(k, search);
      mrr += reciprocalRank(search);
      ndcg += ndcgAt(k, search);
    },
    quality() {
      if (searches === 0) return null;
      return { searches, recall: recall / searches, mrr: mrr / searches, ndcg: ndcg / searches };
    },
  };
}

/** Relevant ones among the first `k`, of all that are relevant. */
export function recallAt(k: number, { relevant, retrieved }: JudgedSearch): number {
  return retrieved.slice(0, k).filter((id) => relevant.has(id)).length / relevant.size;
}

/** 1 / rank of the first relevant one; 0 when none was found. */
export function reciprocalRank({ relevant, retrieved }: JudgedSearch): number {
  const at = retrieved.findIndex((id) => relevant.has(id));
  return at === -1 ? 0 : 1 / (at + 1);
}

export function ndcgAt(k: number, { relevant, retrieved }: JudgedSearch): number {
  const gain = (rank: number): number => 1 / Math.log2(rank + 1);
  const found = retrieved.slice(0, k).reduce((sum, id, at) => sum + (relevant.has(id) ? gain(at + 1) : 0), 0);
  let best = 0;
  for (let rank = 1; rank <= Math.min(k, relevant.size); rank += 1) best += gain(rank);
  return found / best;
}
