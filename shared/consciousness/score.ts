import type { Formula } from './score-formulas.ts';

/** Domain 1.2: under this share of weight a score is not a score. */
export const MIN_CONFIDENCE = 0.6;

/** A score as it was at some moment, with what it was made of. */
export interface ScoreMoment {
  readonly value: number | null;
  /** 0..100 each, null where there was no data. */
  readonly inputs: readonly {
    readonly name: string;
    readonly value: number | null;
    readonly weightPercent: number;
  }[];
}

export interface ScoreChange {
  /** Points since the earlier moment; null when either has no value. */
  readonly delta: number | null;
  /** The input that moved the score most, and by how many points of the score. */
  readonly topMover: { readonly name: string; readonly points: number } | null;
}

/**
 * What changed between two moments of the same score (behaviour 20: "A score shows delta, top mover and age").
 * An input counts by its weight, or whole where the score is 100 less the losses; against the score where lower is
 * better.
 */
export function scoreChange(
  earlier: ScoreMoment,
  now: ScoreMoment,
  formula: Pick<Formula, 'kind' | 'better'>,
): ScoreChange {
  const delta = earlier.value === null || now.value === null ? null : now.value - earlier.value;
  const { kind, better } = formula;
  const sign = better === 'higher' ? 1 : -1;
  let topMover: ScoreChange['topMover'] = null;
  for (const input of now.inputs) {
    const before = earlier.inputs.find((other) => other.name === input.name)?.value ?? null;
    if (before === null || input.value === null) continue;
    const points = (input.value - before) * (kind === 'losses' ? sign : (sign * input.weightPercent) / 100);
    if (points !== 0 && (topMover === null || Math.abs(points) > Math.abs(topMover.points)))
      topMover = { name: input.name, points };
  }
  return { delta, topMover };
}
