import type { EnergyLevel, OperatingMode, Profile } from '../contract/vocabulary.ts';
import { RULES_BY_PROFILE } from './rules/by-profile.ts';

/**
 * What a project does at a level (domain 1.3). An infrastructure project is DEGRADED too while the machine is,
 * whatever the level. D6: not the health mode that the scores ask for.
 */
export function operatingModeFor(
  profile: Profile,
  level: EnergyLevel,
  infrastructureMode: 'NORMAL' | 'DEGRADED' = 'NORMAL',
): OperatingMode {
  if (profile === 'infrastructure' && infrastructureMode === 'DEGRADED') return 'DEGRADED';
  return RULES_BY_PROFILE[profile].levels[level].operatingMode;
}
