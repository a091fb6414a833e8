import { PROFILES, type Profile } from '../../contract/vocabulary.ts';
import { profileRules } from '../profile-rules.ts';
import type { ProfileRules } from '../rule.ts';
import { BUSINESS_RULES } from './business.ts';
import { INFRASTRUCTURE_RULES } from './infrastructure.ts';
import { ML_RULES } from './ml.ts';

export const RULES_BY_PROFILE: Readonly<Record<Profile, ProfileRules>> = {
  business: profileRules(BUSINESS_RULES),
  ml: profileRules(ML_RULES),
  infrastructure: profileRules(INFRASTRUCTURE_RULES),
};

/**
 * The rules that bind a project: its own profile's, else the built-in ones of that name. Throws a RangeError for a
 * name that is neither: no verdict is better than one by the wrong rules.
 */
export function rulesOf(project: { readonly profile: string; readonly rules?: ProfileRules }): ProfileRules {
  const rules = project.rules ?? (isBuiltIn(project.profile) ? RULES_BY_PROFILE[project.profile] : null);
  if (rules === null)
    throw new RangeError(`"${project.profile}" is not one of ${PROFILES.join(', ')} and brings no rules`);
  return rules;
}

function isBuiltIn(profile: string): profile is Profile {
  return Object.hasOwn(RULES_BY_PROFILE, profile);
}

/** Every built-in rule's code, each once: what `observeOnly` may name. */
export function ruleCodes(): readonly string[] {
  const codes = Object.values(RULES_BY_PROFILE).flatMap((table) => table.rules.map((rule) => rule.code));
  return [...new Set(codes)];
}
