import type { AssessInput } from '../../shared/consciousness/assess.ts';
import { personHalt } from '../../shared/consciousness/halt.ts';
import type { InfrastructureState } from '../../shared/consciousness/infrastructure.ts';
import type { Profile } from '../../shared/contract/vocabulary.ts';
import type { PolicyFacts } from '../../shared/policy/decide.ts';
import { evidence, GOOD_SCORES, NOW_MS, report } from './judged-project.ts';

const MINUTE = 60_000;
const machine: InfrastructureState = {
  mode: 'NORMAL',
  weakestLink: null,
  coolingStatus: 'NORMAL',
  networkStatus: 'ONLINE',
};
const scores = (profile: Profile, over: Record<string, number | null> = {}): Partial<AssessInput> => ({
  evidence: evidence({ report: report({ scores: { ...GOOD_SCORES[profile], ...over } }) }),
});
const aged = (profile: Profile, minutes: number): Partial<AssessInput> => ({
  evidence: evidence({
    report: report({ scores: GOOD_SCORES[profile], generatedAtMs: NOW_MS - minutes * MINUTE }),
  }),
});

export interface Situation {
  readonly name: string;
  readonly profile: Profile;
  readonly input: Partial<AssessInput>;
  readonly facts?: Partial<PolicyFacts>;
}

/** Every situation that a profile's rules tell apart, each once. */
export const SITUATIONS: readonly Situation[] = [
  { name: 'FAST', profile: 'business', input: scores('business') },
  { name: 'SAFE by scores', profile: 'business', input: scores('business', { stability: 65 }) },
  { name: 'SAFE by well-being alone', profile: 'business', input: scores('business', { wellbeing: 5 }) },
  { name: 'HALT by scores', profile: 'business', input: scores('business', { integration: 39 }) },
  {
    name: 'HALT by a person',
    profile: 'business',
    input: { ...scores('business'), halt: personHalt('ann', 'payments down', NOW_MS) },
  },
  {
    name: 'HALT by a person, fix waived',
    profile: 'business',
    input: { ...scores('business'), halt: personHalt('ann', 'payments down', NOW_MS) },
    facts: {
      waivers: [{ who: 'ann', why: 'mend', change: 'fix', sinceMs: NOW_MS, untilMs: NOW_MS + MINUTE }],
    },
  },
  { name: 'report 40 min old', profile: 'business', input: aged('business', 40) },
  { name: 'report 3 h old', profile: 'business', input: aged('business', 180) },
  { name: 'report 2 days old', profile: 'business', input: aged('business', 2880) },
  { name: 'report from the future', profile: 'business', input: aged('business', -10) },
  { name: 'no report', profile: 'business', input: { evidence: evidence({ report: null }) } },
  { name: 'stability missing', profile: 'business', input: scores('business', { stability: null }) },
  {
    name: 'machine DEGRADED',
    profile: 'business',
    input: {
      ...scores('business'),
      infrastructure: { ...machine, mode: 'DEGRADED', weakestLink: 'network OFFLINE' },
    },
  },
  { name: 'healthy', profile: 'ml', input: scores('ml') },
  { name: 'model_health 70', profile: 'ml', input: scores('ml', { model_health: 70 }) },
  { name: 'computation_load 80', profile: 'ml', input: scores('ml', { computation_load: 80 }) },
  { name: 'embedding_quality 59', profile: 'ml', input: scores('ml', { embedding_quality: 59 }) },
  { name: 'no embeddings', profile: 'ml', input: scores('ml', { embedding_quality: null }) },
  { name: 'load not known', profile: 'ml', input: scores('ml', { computation_load: null }) },
  { name: 'report 40 min old', profile: 'ml', input: aged('ml', 40) },
  { name: 'report 3 h old', profile: 'ml', input: aged('ml', 180) },
  { name: 'no report', profile: 'ml', input: { evidence: evidence({ report: null }) } },
  {
    name: 'HALT by a person',
    profile: 'ml',
    input: { ...scores('ml'), halt: personHalt('ann', 'bad model', NOW_MS) },
  },
  {
    name: 'HOT',
    profile: 'ml',
    input: { ...scores('ml'), infrastructure: { ...machine, coolingStatus: 'HOT' } },
  },
  {
    name: 'cooling CRITICAL',
    profile: 'ml',
    input: { ...scores('ml'), infrastructure: { ...machine, coolingStatus: 'CRITICAL' } },
  },
  { name: 'NORMAL', profile: 'infrastructure', input: {} },
  {
    name: 'DEGRADED, HOT',
    profile: 'infrastructure',
    input: {
      infrastructure: { ...machine, mode: 'DEGRADED', weakestLink: 'cooling HOT', coolingStatus: 'HOT' },
    },
  },
  {
    name: 'HALT by a person',
    profile: 'infrastructure',
    input: { halt: personHalt('ann', 'moving house', NOW_MS) },
  },
];
