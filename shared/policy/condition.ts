import { meetsNeed, type ScoreNeed } from '../consciousness/score-need.ts';
import type { PolicyFacts } from './facts.ts';
import type { Condition } from './rule.ts';

/** D3: expensive work waits until the reserve is this high or has charged this long. */
const RESERVE_PERCENT = 10;
const RESERVE_CHARGE_MINUTES = 10;

/** Whether a rule speaks, given the facts. Unknown facts never satisfy a need. */
export function holds(condition: Condition, facts: PolicyFacts): boolean {
  const { project, energy, infrastructure } = facts;
  switch (condition.kind) {
    case 'level':
      return energy.level === condition.is;
    case 'reserve':
      return reserveHolds(facts);
    case 'halted':
      return project.mode === 'HALT' || facts.halt !== null;
    case 'quarantined':
      return (facts.quarantine ?? null) !== null;
    case 'mode':
      // Past amber nothing is judged by the mode any more: the evidence rules speak.
      if (project.freshness !== 'fresh' && project.freshness !== 'amber') return false;
      return project.mode === condition.is && project.heldBy === condition.heldBy;
    case 'freshness':
      return project.freshness === condition.is;
    case 'confidence-below':
      return !(project.confidence >= condition.limit) && project.freshness !== 'missing';
    case 'score':
      return scoreFails(project.scores[condition.score], condition);
    case 'score-missing':
      return !isNumber(project.scores[condition.score]) && project.freshness !== 'missing';
    case 'cooling':
      return infrastructure?.coolingStatus === condition.is;
    case 'infrastructure-degraded':
      return infrastructure?.mode === 'DEGRADED';
  }
}

function reserveHolds({ energy }: PolicyFacts): boolean {
  if (energy.reservePercent === null || energy.reservePercent >= RESERVE_PERCENT) return false;
  return (energy.netChargeMinutes ?? 0) < RESERVE_CHARGE_MINUTES;
}

function scoreFails(value: unknown, need: ScoreNeed): boolean {
  return isNumber(value) && !meetsNeed(value, need);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
