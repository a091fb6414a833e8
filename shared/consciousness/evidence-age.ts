import type { ChosenScore, ChosenScores } from './chosen-score.ts';
import { spanText, type FreshnessJudgement } from './freshness.ts';
import type { ProfileDefinition } from './profile-definition.ts';

const FROM_BEST = ['fresh', 'amber', 'stale', 'clock-wrong', 'missing'] as const;

/** The report's age, or where scores were measured, the worst age of what the scores rest on. */
export function overallAge(
  chosen: ChosenScores,
  { scores }: ProfileDefinition,
  reportAge: FreshnessJudgement,
): FreshnessJudgement {
  const used = scores.flatMap(({ score, weight }): [string, ChosenScore][] => {
    const found = chosen[score];
    return weight === 0 || found === undefined || found.value === null ? [] : [[score, found]];
  });
  if (!used.some(([, { source }]) => source === 'measured')) return reportAge;
  const rank = ({ freshness }: ChosenScore): number => FROM_BEST.indexOf(freshness);
  const [name, worst] = used.reduce((one, other) => (rank(other[1]) > rank(one[1]) ? other : one));
  const ages = used.flatMap(([, { ageSeconds }]) => (ageSeconds === null ? [] : [ageSeconds]));
  const measuredWhy = `${name} is measured from what is ${spanText((worst.ageSeconds ?? 0) * 1000)} old`;
  return {
    freshness: worst.freshness,
    ageSeconds: ages.length === 0 ? null : Math.max(...ages),
    why: worst.freshness === 'fresh' ? null : worst.source === 'report' ? reportAge.why : measuredWhy,
  };
}
