import { meetsNeed, type ScoreNeed } from '../consciousness/score-need.ts';
import type { EnergyLevel, Freshness } from '../contract/vocabulary.ts';
import type { Situation } from './facts.ts';
import type { Condition } from './rule.ts';

/** D3: expensive work waits until the reserve is this high or has charged this long. */
const RESERVE_PERCENT = 10;
const RESERVE_CHARGE_MINUTES = 10;

/** False where the level and the age of the evidence alone say that a rule does not speak. */
export function canHold(condition: Condition, level: EnergyLevel, freshness: Freshness): boolean {
  switch (condition.kind) {
    case 'level':
      return condition.is === level;
    case 'freshness':
      return condition.is === freshness;
    case 'mode':
      // Past amber nothing is judged by the mode any more: the evidence rules speak.
      return freshness === 'fresh' || freshness === 'amber';
    case 'confidence-below':
    case 'score-missing':
      return freshness !== 'missing';
    default:
      return true;
  }
}

/** Whether a rule that can speak does, given the facts. Unknown facts never satisfy a need. */
export function holds(condition: Condition, facts: Situation): boolean {
  const { project, infrastructure } = facts;
  switch (condition.kind) {
    case 'level':
    case 'freshness':
      return true;
    case 'reserve':
      return reserveHolds(facts);
    case 'halted':
      return project.mode === 'HALT' || facts.halt !== null;
    case 'quarantined':
      return (facts.quarantine ?? null) !== null;
    case 'mode':
      return project.mode === condition.is && project.heldBy === condition.heldBy;
    case 'confidence-below':
      return !(project.confidence >= condition.limit);
    case 'score':
      return scoreFails(project.scores[condition.score], condition);
    case 'score-missing':
      return !isNumber(project.scores[condition.score]);
    case 'cooling':
      return infrastructure?.coolingStatus === condition.is;
    case 'infrastructure-degraded':
      return infrastructure?.mode === 'DEGRADED';
  }
}

function reserveHolds({ energy }: Situation): boolean {
  if (energy.reservePercent === null || energy.reservePercent >= RESERVE_PERCENT) return false;
  return (energy.netChargeMinutes ?? 0) < RESERVE_CHARGE_MINUTES;
}

function scoreFails(value: unknown, need: ScoreNeed): boolean {
  return isNumber(value) && !meetsNeed(value, need);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
