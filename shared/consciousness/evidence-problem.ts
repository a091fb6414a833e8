import { readsRecord, type ChosenScores, type MeasuredEvidence } from './chosen-score.ts';
import type { Evidence } from './evidence.ts';
import type { FreshnessJudgement } from './freshness.ts';
import type { ProfileDefinition } from './profile-definition.ts';

/** Everything that is wrong with a project's evidence, in one sentence; null when nothing is. */
export function problemText(
  profile: ProfileDefinition,
  evidence: Evidence,
  measured: MeasuredEvidence | null,
  age: FreshnessJudgement,
  chosen: ChosenScores,
): string | null {
  const parts = [
    evidence.problem,
    mismatch(profile, evidence.report?.profile ?? null),
    evidence.problem !== null && evidence.report === null ? null : age.why,
    ...(measured?.problems ?? []),
    ...silentScores(chosen),
  ];
  const text = parts.filter((part) => part !== null).join('; ');
  return text === '' ? null : text;
}

/** A report of the profile that this one extends holds its scores as well. */
function mismatch({ name, base }: ProfileDefinition, said: string | null): string | null {
  return said === null || said === name || said === base ? null : `report is of profile ${said}, not ${name}`;
}

function silentScores(chosen: ChosenScores): readonly string[] {
  const isMeasured = Object.values(chosen).some(({ source }) => source === 'measured');
  if (!isMeasured) return [];
  return Object.entries(chosen)
    .filter(([, { value, formula }]) => value === null && readsRecord(formula))
    .map(([name]) => `nothing tells of ${name}: no report, and no deployment or incident is recorded`);
}
