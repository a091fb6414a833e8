import { customProfile } from '../shared/consciousness/custom-profile.ts';
import { BUILT_IN_PROFILES, type ProfileDefinition } from '../shared/consciousness/profile-definition.ts';
import type { ProfilesConfig } from '../shared/contract/profile-config.ts';
import { PROFILES, type Profile } from '../shared/contract/vocabulary.ts';
import { rulesForProfile } from '../shared/policy/custom-rules.ts';
import type { ProfileRules } from '../shared/policy/rule.ts';

/** What judges a project: its scores and mode, and the rules that bind it. */
export interface ProjectProfile {
  readonly definition: ProfileDefinition;
  readonly rules: ProfileRules;
}

/** The names a project's profile may have: the built-in ones first. */
export function profileNames(profiles: ProfilesConfig): readonly string[] {
  return [...PROFILES, ...Object.keys(profiles)];
}

/** Throws a RangeError for a name that is neither built in nor of the settings. */
export function projectProfile(name: string, profiles: ProfilesConfig): ProjectProfile {
  const own = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (own === undefined && !isBuiltIn(name))
    throw new RangeError(`"${name}" is not one of ${profileNames(profiles).join(', ')}`);
  const definition = own === undefined ? BUILT_IN_PROFILES[name as Profile] : customProfile(name, own);
  return { definition, rules: rulesForProfile(definition) };
}

function isBuiltIn(name: string): name is Profile {
  return Object.hasOwn(BUILT_IN_PROFILES, name);
}
