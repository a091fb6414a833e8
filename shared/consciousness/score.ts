/** One input of a score: 0..100, or null where there is no data. Weights are shares of any sum. */
export interface ScorePart {
  readonly name: string;
  readonly value: number | null;
  readonly weight: number;
}

export interface Score {
  /** 0..100; null when less than 60 % of the weight has data. */
  readonly value: number | null;
  /** Share of the weight that has data, 0..1. */
  readonly confidence: number;
  readonly parts: readonly ScorePart[];
}

/** Domain 1.2: under this share of weight a score is not a score. */
export const MIN_CONFIDENCE = 0.6;

/** The mean of what is there, weighted; what is missing lowers the confidence and never the value. */
export function weightedScore(parts: readonly ScorePart[]): Score {
  let weightAll = 0;
  let weightKnown = 0;
  let sum = 0;
  for (const part of parts) {
    weightAll += part.weight;
    if (part.value === null) continue;
    weightKnown += part.weight;
    sum += part.weight * Math.min(100, Math.max(0, part.value));
  }
  const confidence = weightAll === 0 ? 0 : weightKnown / weightAll;
  return { value: confidence < MIN_CONFIDENCE ? null : sum / weightKnown, confidence, parts };
}

export interface ScoreChange {
  /** Points since the earlier score; null when either has no value. */
  readonly delta: number | null;
  /** The part that moved the score most, and by how many points of the score. */
  readonly topMover: { readonly name: string; readonly points: number } | null;
}

/** What changed between two readings of the same score ("A score shows delta, top mover and age"). */
export function scoreChange(earlier: Score, now: Score): ScoreChange {
  const delta = earlier.value === null || now.value === null ? null : now.value - earlier.value;
  const weightAll = now.parts.reduce((sum, part) => sum + part.weight, 0);
  let topMover: ScoreChange['topMover'] = null;
  for (const part of now.parts) {
    const before = earlier.parts.find((other) => other.name === part.name)?.value ?? null;
    if (before === null || part.value === null || weightAll === 0) continue;
    const points = ((part.value - before) * part.weight) / weightAll;
    if (points !== 0 && (topMover === null || Math.abs(points) > Math.abs(topMover.points)))
      topMover = { name: part.name, points };
  }
  return { delta, topMover };
}
