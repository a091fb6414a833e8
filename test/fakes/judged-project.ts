import {
  assessProject,
  type AssessInput,
  type ProjectAssessment,
} from '../../shared/consciousness/assess.ts';
import { NO_EVIDENCE, type Evidence, type ParsedReport } from '../../shared/consciousness/evidence.ts';
import { profileDefinition } from '../../shared/consciousness/profile-definition.ts';
import type { Decision } from '../../shared/contract/decision.ts';
import type { ChangeType, EnergyLevel, Profile } from '../../shared/contract/vocabulary.ts';
import { RANKED_LEVELS } from '../../shared/contract/vocabulary.ts';
import { rulesForProfile } from '../../shared/policy/custom-rules.ts';
import { decide, type PolicyFacts } from '../../shared/policy/decide.ts';

export const NOW_MS = Date.parse('2026-01-05T10:00:00Z');
export const STAMP = { id: 'd-1', decidedAt: '2026-01-05T10:00:00.000Z' };

/** Scores that let everything pass. */
export const GOOD_SCORES: Readonly<Record<Profile, Readonly<Record<string, number>>>> = {
  business: { integration: 90, wellbeing: 90, stability: 90 },
  ml: { model_health: 85, embedding_quality: 80, computation_load: 45 },
  infrastructure: {},
};

export function report(over: Partial<ParsedReport> = {}): ParsedReport {
  return {
    form: 'full',
    project: 'shop',
    profile: null,
    generatedAtMs: NOW_MS - 60_000,
    ageFrom: 'generatedAt',
    fileChangedAtMs: NOW_MS - 60_000,
    commit: null,
    generator: null,
    scores: GOOD_SCORES.business,
    mode: null,
    confidence: null,
    fields: {},
    ...over,
  };
}

export function evidence(over: Partial<Evidence> = {}): Evidence {
  return { ...NO_EVIDENCE, report: report(), ...over };
}

export function assessInput(over: Partial<AssessInput> = {}): AssessInput {
  return {
    project: { id: 'shop', path: '/home/ann/shop', profile: 'business' },
    evidence: evidence(),
    energy: { level: 'FULL', levelValue: 4 },
    machine: null,
    infrastructure: {
      mode: 'NORMAL',
      weakestLink: null,
      coolingStatus: 'NORMAL',
      networkStatus: 'ONLINE',
    },
    wellbeing: null,
    halt: null,
    haltClearedAtMs: null,
    nowMs: NOW_MS,
    ...over,
  };
}

export function levelValue(level: EnergyLevel): number | null {
  const at = RANKED_LEVELS.findIndex((ranked) => ranked === level);
  return at === -1 ? null : at;
}

const WHY: Readonly<Record<EnergyLevel, string>> = {
  CRITICAL: 'battery 4 %',
  LOW: 'battery 17 %',
  MEDIUM: 'battery 54 %',
  HIGH: 'battery 80 %',
  FULL: 'mains, battery full',
  UNKNOWN: 'BAT0 cannot be read',
};

const PERCENT: Readonly<Record<EnergyLevel, number | null>> = {
  CRITICAL: 4,
  LOW: 17,
  MEDIUM: 54,
  HIGH: 80,
  FULL: 100,
  UNKNOWN: null,
};

/** Facts as the loop makes them: the project assessed, the machine at a level. */
export function facts(
  level: EnergyLevel,
  input: Partial<AssessInput> = {},
  over: Partial<PolicyFacts> = {},
): PolicyFacts {
  const made = assessInput({ energy: { level, levelValue: levelValue(level) }, ...input });
  const assessed: ProjectAssessment = assessProject(made);
  return {
    nowMs: NOW_MS,
    change: 'feature',
    project: { ...assessed, rules: rulesForProfile(profileDefinition(made.project.profile)) },
    energy: {
      level,
      why: WHY[level],
      percent: PERCENT[level],
      reservePercent: null,
      onExternalPower: level === 'UNKNOWN' ? null : level === 'FULL',
      ageSeconds: 2,
    },
    infrastructure: assessInput(input).infrastructure,
    machineAgeSeconds: 2,
    halt: input.halt ?? null,
    waivers: [],
    observeOnly: [],
    extraReasons: [],
    expectedMinutes: null,
    localTime: (minutesAhead) => new Date(NOW_MS + minutesAhead * 60_000).toISOString().slice(11, 16),
    ...over,
  };
}

export function decided(made: PolicyFacts, change: ChangeType): Decision {
  return decide({ ...made, change }, STAMP);
}
