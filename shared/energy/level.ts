import type { EnergyLevel, RankedLevel } from '../contract/vocabulary.ts';
import { RANKED_LEVELS } from '../contract/vocabulary.ts';

/**
 * The band of a charge, 0 to 100, compared unrounded: 4.99 CRITICAL, 5.00 LOW, 19.99 LOW, 20.00 MEDIUM,
 * 60.00 MEDIUM, 60.01 HIGH (domain 1.1, D1). FULL is never a matter of percent.
 */
export function levelOfPercent(percent: number): RankedLevel {
  if (percent < 5) return 'CRITICAL';
  if (percent < 20) return 'LOW';
  if (percent <= 60) return 'MEDIUM';
  return 'HIGH';
}

/** 0 for CRITICAL to 4 for FULL; null for UNKNOWN. */
export function levelValue(level: EnergyLevel): number | null {
  return level === 'UNKNOWN' ? null : RANKED_LEVELS.indexOf(level);
}

/** The lower of two ranked levels. */
export function lowerLevel(a: RankedLevel, b: RankedLevel): RankedLevel {
  return RANKED_LEVELS.indexOf(a) <= RANKED_LEVELS.indexOf(b) ? a : b;
}
