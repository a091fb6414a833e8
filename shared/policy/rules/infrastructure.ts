import type { RuleTable } from '../rule.ts';
import { HALT_RULE, MACHINE_RULES, QUARANTINE_RULE } from './everywhere.ts';
import { levelRow } from './level-row.ts';

/**
 * The infrastructure profile (domain 1.3). Its evidence is the machine itself, so it needs no report. It says
 * DEGRADED at LOW and below; heat, the network and a UPS do the same through `operatingModeFor`.
 */
export const INFRASTRUCTURE_RULES: RuleTable = {
  profile: 'infrastructure',
  base: 'infrastructure',
  leavesHaltAt: '40 or more',
  edition: '',
  levels: {
    CRITICAL: levelRow('CRITICAL', 'DEGRADED'),
    LOW: levelRow('LOW', 'DEGRADED'),
    MEDIUM: levelRow('MEDIUM', 'NORMAL'),
    HIGH: levelRow('HIGH', 'NORMAL'),
    FULL: levelRow('FULL', 'NORMAL'),
    UNKNOWN: levelRow('UNKNOWN', 'NORMAL'),
  },
  rules: [HALT_RULE, QUARANTINE_RULE, ...MACHINE_RULES],
};
