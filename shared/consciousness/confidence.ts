import type { ChosenScores } from './chosen-score.ts';
import type { ParsedReport } from './evidence.ts';
import type { ProfileDefinition } from './profile-definition.ts';

/** Share of the scores' weight that had data, 0..1; never more than the report in use states of itself. */
export function confidenceOf(
  { scores }: ProfileDefinition,
  values: Readonly<Record<string, number | string | null>>,
  chosen: ChosenScores,
  report: ParsedReport | null,
): number {
  let known = 0;
  let all = 0;
  for (const { score, weight } of scores) {
    all += weight;
    known += weight * (chosen[score]?.confidence ?? ((values[score] ?? null) === null ? 0 : 1));
  }
  const isReportUsed = Object.values(chosen).some(({ source }) => source === 'report');
  const share = all === 0 ? 0 : known / all;
  return Math.min(share, isReportUsed ? (report?.confidence ?? 1) : 1);
}
