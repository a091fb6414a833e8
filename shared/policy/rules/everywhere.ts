import type { Rule } from '../rule.ts';
import { levelBindings } from './level-row.ts';

/** Rules of every profile. */
export const HALT_RULE: Rule = {
  code: 'halt',
  when: { kind: 'halted' },
  verdicts: { feature: 'block', fix: 'block', safe: 'block', experiment: 'block', infra: 'block' },
  says: '{halted}. Only reverts pass.',
  remedy: 'lift-halt',
  retrySeconds: null,
  waivable: 'fix',
};

/**
 * A commit that was rolled back stays held until a new one (domain 1.5). A fix will be a new commit: a person looks
 * whether it is one.
 */
export const QUARANTINE_RULE: Rule = {
  code: 'commit-quarantined',
  when: { kind: 'quarantined' },
  verdicts: { feature: 'block', fix: 'throttle', safe: 'block', experiment: 'block', infra: 'block' },
  says: 'Commit {commit} was rolled back because {rollback}: it is in quarantine until a new commit.',
  remedy: 'new-commit',
  retrySeconds: null,
  waivable: 'all',
};

export const MACHINE_RULES: readonly Rule[] = [
  {
    code: 'energy-critical',
    when: { kind: 'level', is: 'CRITICAL' },
    verdicts: levelBindings('CRITICAL'),
    says: 'CRITICAL, {energy}: only essential fixes, each confirmed by a person.',
    remedy: 'power',
    retrySeconds: 60,
    waivable: 'all',
  },
  {
    code: 'energy-low',
    when: { kind: 'level', is: 'LOW' },
    verdicts: levelBindings('LOW'),
    says: 'LOW, {energy}: {changes} wait until 20 %.',
    remedy: 'power',
    retrySeconds: 60,
    waivable: 'all',
  },
  {
    code: 'energy-unknown',
    when: { kind: 'level', is: 'UNKNOWN' },
    verdicts: levelBindings('UNKNOWN'),
    says: 'Energy UNKNOWN, {energy}: nothing expensive starts, fixes go with a warning.',
    remedy: 'power-sensor',
    retrySeconds: 30,
    waivable: 'all',
  },
  {
    code: 'energy-reserve',
    when: { kind: 'reserve' },
    verdicts: { experiment: 'block' },
    verdictWhenLong: 'block',
    says: 'Fed from outside with a reserve of {reserve} %: expensive work waits for 10 % or 10 minutes of charge.',
    remedy: 'reserve',
    retrySeconds: 60,
    waivable: 'all',
  },
  {
    code: 'cooling-critical',
    when: { kind: 'cooling', is: 'CRITICAL' },
    verdicts: { experiment: 'block' },
    says: 'Cooling is CRITICAL: no experiments.',
    remedy: 'cooling',
    retrySeconds: 120,
    waivable: 'none',
  },
  {
    code: 'cooling-hot',
    when: { kind: 'cooling', is: 'HOT' },
    verdicts: { experiment: 'throttle' },
    says: 'This machine is HOT: experiments go slowly.',
    remedy: 'cooling',
    retrySeconds: 120,
    waivable: 'all',
  },
  {
    code: 'infrastructure-degraded',
    when: { kind: 'infrastructure-degraded' },
    verdicts: { infra: 'block' },
    says: 'Infrastructure is DEGRADED ({weakest}): infrastructure changes wait, fixes pass.',
    remedy: 'infrastructure',
    retrySeconds: 60,
    waivable: 'all',
  },
];

/** Without evidence nothing but fixes and reverts passes; for a fix it is a note. */
export const CANNOT_JUDGE = {
  feature: 'unknown',
  fix: 'allow',
  safe: 'unknown',
  experiment: 'unknown',
  infra: 'unknown',
} as const;

/**
 * Rules of the profiles that are judged by a report. Missing evidence is never a pass, and never stops a fix:
 * for a fix it is a note, and energy and HALT decide.
 */
export const EVIDENCE_RULES: readonly Rule[] = [
  {
    code: 'report-missing',
    when: { kind: 'freshness', is: 'missing' },
    verdicts: CANNOT_JUDGE,
    says: '{evidence}: health cannot be judged.',
    remedy: 'report',
    retrySeconds: 60,
    waivable: 'all',
  },
  {
    code: 'report-clock-wrong',
    when: { kind: 'freshness', is: 'clock-wrong' },
    verdicts: CANNOT_JUDGE,
    says: '{evidence}: a clock is wrong, health cannot be judged.',
    remedy: 'report',
    retrySeconds: 60,
    waivable: 'all',
  },
  {
    code: 'report-stale',
    when: { kind: 'freshness', is: 'stale' },
    verdicts: CANNOT_JUDGE,
    says: '{evidence}: health cannot be judged.',
    remedy: 'report',
    retrySeconds: 60,
    waivable: 'all',
  },
  {
    code: 'confidence-low',
    when: { kind: 'confidence-below', limit: 0.6 },
    verdicts: CANNOT_JUDGE,
    says: 'Only {confidence} % of the evidence has data (60 % are needed): health cannot be judged.',
    remedy: 'report',
    retrySeconds: 60,
    waivable: 'all',
  },
];
