import type { RuleTable } from '../rule.ts';
import { EVIDENCE_RULES, HALT_RULE, MACHINE_RULES, QUARANTINE_RULE } from './everywhere.ts';
import { levelRow } from './level-row.ts';

/**
 * The ml profile (domain 1.3): model_health > 70, computation_load < 80, level >= MEDIUM; a weak embedding is
 * a throttle. The needs bind what the domain calls an "ml change" (feature, infra) and experiments: a model
 * that is unwell must still be fixable.
 */
export const ML_RULES: RuleTable = {
  profile: 'ml',
  base: 'ml',
  leavesHaltAt: '40 or more',
  edition: '',
  levels: {
    CRITICAL: levelRow('CRITICAL', 'FROZEN'),
    LOW: levelRow('LOW', 'DISABLED'),
    MEDIUM: levelRow('MEDIUM', 'NORMAL'),
    HIGH: levelRow('HIGH', 'EFFICIENT'),
    FULL: levelRow('FULL', 'FULL_SPEED'),
    UNKNOWN: levelRow('UNKNOWN', 'DISABLED'),
  },
  rules: [
    HALT_RULE,
    QUARANTINE_RULE,
    ...MACHINE_RULES,
    {
      code: 'model-health',
      when: { kind: 'score', score: 'model_health', needs: 'above', limit: 70 },
      verdicts: { feature: 'block', experiment: 'block', infra: 'block' },
      says: 'Model health is {score}: {changes} need more than {limit}.',
      remedy: 'score',
      retrySeconds: null,
      waivable: 'all',
    },
    {
      code: 'load-high',
      when: { kind: 'score', score: 'computation_load', needs: 'below', limit: 80 },
      verdicts: { feature: 'block', experiment: 'block', infra: 'block' },
      says: 'Computation load is {score}: {changes} need less than {limit}.',
      remedy: 'load',
      retrySeconds: 60,
      waivable: 'all',
    },
    ...EVIDENCE_RULES,
    {
      code: 'model-health-missing',
      when: { kind: 'score-missing', score: 'model_health' },
      verdicts: { feature: 'unknown', experiment: 'unknown', infra: 'unknown' },
      says: 'Model health is not known: {changes} cannot be judged.',
      remedy: 'report',
      retrySeconds: 60,
      waivable: 'all',
    },
    {
      code: 'load-missing',
      when: { kind: 'score-missing', score: 'computation_load' },
      verdicts: { feature: 'unknown', experiment: 'unknown', infra: 'unknown' },
      says: 'Computation load is not known: {changes} cannot be judged.',
      remedy: 'report',
      retrySeconds: 60,
      waivable: 'all',
    },
    {
      code: 'embedding-quality',
      when: { kind: 'score', score: 'embedding_quality', needs: 'at-least', limit: 60 },
      verdicts: { feature: 'throttle', experiment: 'throttle', infra: 'throttle' },
      says: 'Embedding quality is {score}, below {limit}: {changes} need a person to confirm them.',
      remedy: 'confirm',
      retrySeconds: null,
      waivable: 'all',
    },
  ],
};
