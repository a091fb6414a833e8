import type { ProfileDefinition } from '../../shared/consciousness/profile-definition.ts';
import { PROFILE_SCORES, PROFILES } from '../../shared/contract/vocabulary.ts';

/** What a report may name, and which of its scores must be numbers from 0 to 100 or null. */
export interface ReportExpectation {
  readonly profiles: readonly string[];
  readonly scores: readonly string[];
}

/** Of any report, whatever project it lies in. */
export const USUAL_REPORT: ReportExpectation = {
  profiles: PROFILES,
  scores: [...PROFILE_SCORES.business, ...PROFILE_SCORES.ml],
};

/** Of a report in a project of this profile, where these profiles are known. */
export function reportExpectation(
  { scores }: ProfileDefinition,
  profiles: readonly string[],
): ReportExpectation {
  const own = scores.filter(({ source }) => source === 'evidence').map(({ score }) => score);
  return { profiles, scores: [...new Set([...USUAL_REPORT.scores, ...own])] };
}
