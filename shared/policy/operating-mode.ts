import type { EnergyLevel, OperatingMode, Profile } from '../contract/vocabulary.ts';
import type { ProfileRules } from './rule.ts';
import { RULES_BY_PROFILE } from './rules/by-profile.ts';

/**
 * What a project does at a level (domain 1.3). An infrastructure project is DEGRADED too while the machine is,
 * whatever the level. D6: not the health mode that the scores ask for.
 */
export function operatingModeFor(
  profile: Profile | ProfileRules,
  level: EnergyLevel,
  infrastructureMode: 'NORMAL' | 'DEGRADED' = 'NORMAL',
): OperatingMode {
  const rules = typeof profile === 'string' ? RULES_BY_PROFILE[profile] : profile;
  if (rules.base === 'infrastructure' && infrastructureMode === 'DEGRADED') return 'DEGRADED';
  return rules.levels[level].operatingMode;
}
