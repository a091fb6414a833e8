import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { personHalt } from '../../../../shared/consciousness/halt.ts';
import type { AssessInput } from '../../../../shared/consciousness/assess.ts';
import type { InfrastructureState } from '../../../../shared/consciousness/infrastructure.ts';
import { CHANGE_TYPES, ENERGY_LEVELS, type Profile } from '../../../../shared/contract/vocabulary.ts';
import type { PolicyFacts } from '../../../../shared/policy/decide.ts';
import { rulesMarkdown } from '../../../../shared/policy/rules-table.ts';
import { decided, evidence, facts, GOOD_SCORES, NOW_MS, report } from '../../../fakes/judged-project.ts';

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

interface Situation {
  readonly name: string;
  readonly profile: Profile;
  readonly input: Partial<AssessInput>;
  readonly facts?: Partial<PolicyFacts>;
}

/** Every situation that a profile's rules tell apart, each once. */
const SITUATIONS: readonly Situation[] = [
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

function goldenText(): string {
  const head = `${'level'.padEnd(9)}${'operating mode'.padEnd(15)}${CHANGE_TYPES.map((change) => change.padEnd(11)).join('')}`;
  const blocks = SITUATIONS.map(({ name, profile, input, facts: over }) => {
    const project = { id: 'shop', path: '/home/ann/shop', profile };
    const rows = ENERGY_LEVELS.map((level) => {
      const made = facts(level, { project, ...input }, over);
      const decisions = CHANGE_TYPES.map((change) => decided(made, change));
      const mode = decisions[0]!.operatingMode;
      const verdicts = decisions.map(({ verdict }) => verdict.padEnd(11)).join('');
      return `${level.padEnd(9)}${mode.padEnd(15)}${verdicts}`.trimEnd();
    });
    return [`# ${profile}: ${name}`, head.trimEnd(), ...rows].join('\n');
  });
  return `${blocks.join('\n\n')}\n`;
}

/** Compares, or with UPDATE_GOLDEN=1 writes: the change then shows in review. */
function held(path: string, wanted: string): string {
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, wanted);
  return readFileSync(path, 'utf8');
}

describe('golden', () => {
  it('every level, change type, profile and situation has the verdict that is written down', () => {
    const path = fileURLToPath(new URL('../../../fixtures/golden/verdicts.txt', import.meta.url));
    expect(goldenText()).toBe(held(path, goldenText()));
  });

  it('docs/policy.md shows the rules as they are', () => {
    const path = fileURLToPath(new URL('../../../../docs/policy.md', import.meta.url));
    const page = readFileSync(path, 'utf8');
    const [before = '', rest = ''] = page.split('<!-- rules:begin -->');
    const after = rest.split('<!-- rules:end -->')[1] ?? '';
    const wanted = `${before}<!-- rules:begin -->\n\n${rulesMarkdown()}\n<!-- rules:end -->${after}`;
    expect(held(path, wanted)).toBe(wanted);
  });
});
