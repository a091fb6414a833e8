import type { EnergyLevel } from '../contract/vocabulary.ts';
import type { ChosenScores } from './chosen-score.ts';
import type { Evidence } from './evidence.ts';
import type { FreshnessJudgement } from './freshness.ts';
import { haltAskedBy, type Halt } from './halt.ts';
import { mlMode } from './ml.ts';
import type { ProfileDefinition, ScoreDefinition } from './profile-definition.ts';
import { asksHalt, scoredMode, type ModeJudgement } from './scored-mode.ts';

export interface ModeFacts {
  readonly evidence: Evidence;
  readonly energy: { readonly level: EnergyLevel };
  readonly halt: Halt | null;
  readonly haltClearedAtMs: number | null;
}

/** The worst of a person's HALT, the report's own mode and what the scores ask for; amber takes FAST away. */
export function projectMode(
  profile: ProfileDefinition,
  facts: ModeFacts,
  scores: Readonly<Record<string, number | string | null>>,
  chosen: ChosenScores,
  age: FreshnessJudgement,
): ModeJudgement {
  const halted = haltedMode(profile, facts, 'report');
  if (halted !== null) return halted;
  if (profile.base === 'ml')
    return { mode: mlMode(facts.energy.level, profile.efficientUpTo), why: null, heldBy: null };
  const judged = scoredMode(profile.scores, scores);
  if (judged.mode === 'HALT') {
    const why = `${judged.why ?? 'HALT'}${loweredText(chosen)}`;
    return isCleared(profile.scores, chosen, facts.haltClearedAtMs)
      ? { mode: 'SAFE', why: `${why}, HALT cleared by hand`, heldBy: null }
      : { ...judged, why };
  }
  const { report } = facts.evidence;
  const stated = report === null || age.freshness === 'missing' ? null : report.mode;
  const isReportUsed = Object.values(chosen).some(({ source }) => source === 'report');
  if (isReportUsed && stated !== null && stated !== 'FAST' && judged.mode === 'FAST')
    return { mode: 'SAFE', why: `its report says ${stated}`, heldBy: null };
  if (judged.mode === 'FAST' && age.freshness !== 'fresh')
    return { mode: 'SAFE', why: age.why, heldBy: 'report-age' };
  return judged.mode === 'SAFE' && judged.heldBy === null
    ? { ...judged, why: `${judged.why ?? ''}${loweredText(chosen)}` }
    : judged;
}

/** A HALT by someone's word, or one that the report asks for; null when there is none. */
export function haltedMode(
  profile: ProfileDefinition,
  { halt, evidence, haltClearedAtMs }: ModeFacts,
  only: 'report' | null = null,
): ModeJudgement | null {
  if (halt !== null) return { mode: 'HALT', why: halt.why, heldBy: null };
  const asked = evidence.report === null ? null : haltAskedBy(profile, evidence.report, haltClearedAtMs);
  if (asked === null || (only !== null && asked.by !== only)) return null;
  return { mode: 'HALT', why: asked.why, heldBy: null };
}

/** A person cleared the HALT after the evidence that asks for it came to be. */
function isCleared(
  scores: readonly ScoreDefinition[],
  chosen: ChosenScores,
  clearedAtMs: number | null,
): boolean {
  if (clearedAtMs === null) return false;
  const halting = scores.flatMap((one) => {
    const found = chosen[one.score];
    return found !== undefined && asksHalt(one, found.value) ? [found] : [];
  });
  return halting.every(({ newestAtMs }) => newestAtMs !== null && newestAtMs <= clearedAtMs);
}

/** What the app's record took off a score: " (critical incident 2 min ago)". */
function loweredText(chosen: ChosenScores): string {
  const lowered = Object.values(chosen).find((one) => one.lowered !== null)?.lowered ?? null;
  return lowered === null ? '' : ` (${lowered})`;
}
