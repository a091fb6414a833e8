import type { RuleTable } from '../rule.ts';
import { EVIDENCE_RULES, HALT_RULE, MACHINE_RULES, QUARANTINE_RULE } from './everywhere.ts';
import { levelRow } from './level-row.ts';

/** The business profile (domain 1.3). Rules stand in order of how binding they are at the same verdict. */
export const BUSINESS_RULES: RuleTable = {
  profile: 'business',
  base: 'business',
  leavesHaltAt: '40 or more',
  edition: '',
  levels: {
    CRITICAL: levelRow('CRITICAL', 'ONLY_FIXES'),
    LOW: levelRow('LOW', 'NORMAL'),
    MEDIUM: levelRow('MEDIUM', 'NORMAL'),
    HIGH: levelRow('HIGH', 'FULL_SPEED'),
    FULL: levelRow('FULL', 'FULL_SPEED'),
    UNKNOWN: levelRow('UNKNOWN', 'NORMAL'),
  },
  rules: [
    HALT_RULE,
    QUARANTINE_RULE,
    ...MACHINE_RULES,
    ...EVIDENCE_RULES,
    {
      code: 'mode-safe',
      when: { kind: 'mode', is: 'SAFE', heldBy: null },
      verdicts: { feature: 'throttle', infra: 'throttle' },
      says: 'SAFE by {mode}: {changes} need a person to confirm them.',
      remedy: 'confirm',
      retrySeconds: null,
      waivable: 'all',
    },
    {
      code: 'report-amber',
      when: { kind: 'mode', is: 'SAFE', heldBy: 'report-age' },
      verdicts: { feature: 'throttle', infra: 'throttle' },
      says: 'SAFE, {mode}: {changes} need a person to confirm them.',
      remedy: 'report',
      retrySeconds: 60,
      waivable: 'all',
    },
    {
      code: 'wellbeing-safe',
      when: { kind: 'mode', is: 'SAFE', heldBy: 'wellbeing' },
      verdicts: { feature: 'throttle', infra: 'throttle' },
      says: 'SAFE by {mode}: {changes} need a person to confirm them.',
      remedy: 'confirm',
      retrySeconds: null,
      waivable: 'all',
    },
  ],
};
