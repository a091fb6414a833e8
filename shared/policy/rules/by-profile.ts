import type { Profile } from '../../contract/vocabulary.ts';
import type { ProfileRules } from '../rule.ts';
import { BUSINESS_RULES } from './business.ts';
import { INFRASTRUCTURE_RULES } from './infrastructure.ts';
import { ML_RULES } from './ml.ts';

export const RULES_BY_PROFILE: Readonly<Record<Profile, ProfileRules>> = {
  business: BUSINESS_RULES,
  ml: ML_RULES,
  infrastructure: INFRASTRUCTURE_RULES,
};

/** Every rule's code, each once: what `observeOnly` may name. */
export function ruleCodes(): readonly string[] {
  const codes = Object.values(RULES_BY_PROFILE).flatMap((table) => table.rules.map((rule) => rule.code));
  return [...new Set(codes)];
}
