import { BUILT_IN_PROFILES } from './profile-definition.ts';
import { scoredMode, type ModeJudgement } from './scored-mode.ts';

export interface BusinessScores {
  readonly integration: number | null;
  readonly wellbeing: number;
  readonly stability: number | null;
}

/** Domain 1.2, business: HALT when integration or stability is below 40, FAST when all three are 70 or more, else SAFE. */
export function businessMode(scores: BusinessScores): ModeJudgement {
  return scoredMode(BUILT_IN_PROFILES.business.scores, { ...scores });
}
