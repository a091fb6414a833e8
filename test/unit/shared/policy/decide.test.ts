import { describe, expect, it } from 'vitest';

import { personHalt } from '../../../../shared/consciousness/halt.ts';
import { decisionSchema } from '../../../../shared/contract/decision.ts';
import { CHANGE_TYPES, ENERGY_LEVELS, type EnergyLevel } from '../../../../shared/contract/vocabulary.ts';
import { decide, decideAll } from '../../../../shared/policy/decide.ts';
import { operatingModeFor } from '../../../../shared/policy/operating-mode.ts';
import {
  decided,
  evidence,
  facts,
  GOOD_SCORES,
  NOW_MS,
  report,
  STAMP,
} from '../../../fakes/judged-project.ts';
import { SITUATIONS } from '../../../fakes/judged-situations.ts';

const ml = { id: 'model', path: '/home/ann/model', profile: 'ml' as const };
const withScores = (scores: Record<string, number>) => ({
  evidence: evidence({ report: report({ scores }) }),
});
const halted = { halt: personHalt('ann', 'payments down', NOW_MS - 120_000) };

describe('decide', () => {
  it('D3: a reserve of 3 % on the charger lets a deployment pass and holds an experiment', () => {
    const energy = { ...facts('FULL').energy, percent: 3, reservePercent: 3 };
    const made = facts('FULL', {}, { energy });
    expect(decided(made, 'feature').verdict).toBe('allow');
    const held = decided(made, 'experiment');
    expect(held).toMatchObject({ verdict: 'block', cheapestWayToPass: 'let it charge to 10 %' });
    expect(held.bindingReason).toContain('3 %');
  });

  it('D3: the reserve holds anything of more than 10 minutes, until 10 % or 10 minutes of net charge', () => {
    const energy = { ...facts('FULL').energy, percent: 3, reservePercent: 3 };
    const long = { energy, expectedMinutes: 11 };
    expect(decided(facts('FULL', {}, long), 'feature').verdict).toBe('block');
    expect(decided(facts('FULL', {}, { energy, expectedMinutes: 10 }), 'feature').verdict).toBe('allow');
    expect(decided(facts('FULL', {}, long), 'revert').verdict).toBe('allow');
    const charged = (netChargeMinutes: number, reservePercent = 3) =>
      decided(facts('FULL', {}, { energy: { ...energy, netChargeMinutes, reservePercent } }), 'experiment');
    expect(charged(9)).toMatchObject({
      verdict: 'block',
      cheapestWayToPass: 'wait until about 10:01',
      retryAfterSeconds: 60,
    });
    expect(charged(10).verdict).toBe('allow');
    expect(charged(0, 10).verdict).toBe('allow');
  });

  it('D5, behaviour 22: well-being alone throttles features, never blocks, never holds a fix', () => {
    for (const wellbeing of [0, 39, 69]) {
      const made = facts('FULL', withScores({ ...GOOD_SCORES.business, wellbeing }));
      expect(made.project.mode).toBe('SAFE');
      expect(decided(made, 'feature').verdict).toBe('throttle');
      expect(decided(made, 'fix').verdict).toBe('allow');
    }
  });

  it('D6: the health mode of an ml project and its operating mode are two words', () => {
    const made = facts('HIGH', { project: ml, ...withScores(GOOD_SCORES.ml) });
    expect(made.project.mode).toBe('NORMAL');
    expect(decided(made, 'feature').operatingMode).toBe('EFFICIENT');
  });

  it('D7: at LOW features wait while fixes, safe changes and reverts go', () => {
    const made = facts('LOW');
    expect(decided(made, 'feature')).toMatchObject({ verdict: 'block', cheapestWayToPass: 'plug in' });
    for (const change of ['fix', 'safe', 'revert'] as const)
      expect(decided(made, change).verdict).toBe('allow');
  });

  it('D7: a revert passes a HALT', () => {
    expect(decided(facts('CRITICAL', halted), 'revert').verdict).toBe('allow');
  });

  it('D8: MEDIUM, model_health 85, computation_load 45 is allowed, whatever the sample output shows', () => {
    const made = facts('MEDIUM', { project: ml, ...withScores({ model_health: 85, computation_load: 45 }) });
    expect(decided(made, 'feature').verdict).toBe('allow');
    expect(decided(made, 'experiment').verdict).toBe('allow');
  });

  it.each([
    ['model_health', 70, 'block'],
    ['model_health', 70.01, 'allow'],
    ['computation_load', 80, 'block'],
    ['computation_load', 79.99, 'allow'],
    ['embedding_quality', 59.99, 'throttle'],
    ['embedding_quality', 60, 'allow'],
  ])('ml: %s at %d is %s', (score, value, verdict) => {
    const made = facts('HIGH', { project: ml, ...withScores({ ...GOOD_SCORES.ml, [score]: value }) });
    expect(decided(made, 'feature').verdict).toBe(verdict);
  });

  it('behaviour 18: a report 3 h old is not an automatic allow, and the reason says how old it is', () => {
    const old = report({ generatedAtMs: NOW_MS - 3 * 3_600_000 });
    const decision = decided(facts('FULL', { evidence: evidence({ report: old }) }), 'feature');
    expect(decision.verdict).toBe('unknown');
    expect(decision.bindingReason).toContain('eport 3 h old');
    expect(decision.cheapestWayToPass).toContain('orch guard shop --write');
  });

  it('missing evidence never stops a fix, and says so', () => {
    const decision = decided(facts('MEDIUM', { evidence: evidence({ report: null }) }), 'fix');
    expect(decision).toMatchObject({ verdict: 'allow', bindingReason: null, cheapestWayToPass: null });
    expect(decision.reasons).toEqual([
      { code: 'report-missing', text: 'No report: health cannot be judged.', verdict: 'allow' },
    ]);
  });

  it('behaviour 21: a HALT says who, why and since when, and how to lift it', () => {
    const decision = decided(facts('FULL', halted), 'feature');
    expect(decision.verdict).toBe('block');
    expect(decision.bindingReason).toBe('Halted by ann since 09:58: payments down. Only reverts pass.');
    expect(decision.cheapestWayToPass).toBe('lift the HALT (`orch clear shop --reason ...`)');
  });

  it('a HALT that ends by itself says until when', () => {
    const ending = { halt: personHalt('ann', 'demo', NOW_MS, NOW_MS + 20 * 60_000) };
    expect(decided(facts('FULL', ending), 'feature')).toMatchObject({
      cheapestWayToPass: 'wait until about 10:20',
      retryAfterSeconds: 1200,
    });
  });

  it('a HALT by scores names the score', () => {
    const made = facts('FULL', withScores({ integration: 90, stability: 34 }));
    expect(decided(made, 'feature').bindingReason).toBe('Halted by stability 34. Only reverts pass.');
  });

  describe('waivers', () => {
    const waiver = {
      who: 'ann',
      why: 'card payments fail',
      change: 'fix' as const,
      sinceMs: NOW_MS - 60_000,
      untilMs: NOW_MS + 3_600_000,
    };

    it('carry a fix past a HALT, counted among the reasons', () => {
      const decision = decided(facts('FULL', halted, { waivers: [waiver] }), 'fix');
      expect(decision.verdict).toBe('allow');
      expect(decision.reasons[0]?.text).toMatch(
        /^Waived by ann until 11:00 \(card payments fail\): Halted by/,
      );
    });

    it('carry nothing else past a HALT', () => {
      const decision = decided(
        facts('FULL', halted, { waivers: [{ ...waiver, change: 'feature' }] }),
        'feature',
      );
      expect(decision.verdict).toBe('block');
    });

    it.each([
      ['without a reason', { why: '  ' }],
      ['for another change type', { change: 'safe' as const }],
      ['that has ended', { untilMs: NOW_MS }],
      ['given more than 4 h ago, whatever it says', { sinceMs: NOW_MS - 4 * 3_600_000 }],
      ['that has not begun', { sinceMs: NOW_MS + 1 }],
    ])('count for nothing %s', (_, over) => {
      const made = facts('FULL', halted, { waivers: [{ ...waiver, ...over }] });
      expect(decided(made, 'fix').verdict).toBe('block');
    });

    it('do not lift what another machine says', () => {
      const extraReasons = [{ code: 'fleet-halt', text: 'team HALT', verdict: 'block' as const }];
      expect(decided(facts('FULL', {}, { waivers: [waiver], extraReasons }), 'fix').verdict).toBe('block');
    });
  });

  it('a rule that only observes says what it would have done', () => {
    const decision = decided(facts('LOW', {}, { observeOnly: ['energy-low'] }), 'feature');
    expect(decision.verdict).toBe('allow');
    expect(decision.reasons[0]?.text).toMatch(/^Observed only, would be block: LOW, battery 17 %/);
  });

  it('an infrastructure change waits while the machine is DEGRADED, a fix passes', () => {
    const infrastructure = {
      mode: 'DEGRADED' as const,
      weakestLink: 'UPS on battery',
      coolingStatus: null,
      networkStatus: null,
    };
    const project = { id: 'infrastructure', path: '/srv/infra', profile: 'infrastructure' as const };
    const made = facts('HIGH', { project, infrastructure });
    expect(decided(made, 'infra').bindingReason).toContain('UPS on battery');
    expect(decided(made, 'fix').verdict).toBe('allow');
    expect(decided(made, 'fix').operatingMode).toBe('DEGRADED');
  });

  it('sorts its reasons by how binding they are', () => {
    const made = facts('LOW', withScores({ integration: 90, stability: 65 }));
    expect(decided(made, 'feature').reasons.map(({ code, verdict }) => [code, verdict])).toEqual([
      ['energy-low', 'block'],
      ['mode-safe', 'throttle'],
    ]);
  });

  it('keeps the shape others rely on', () => {
    const decision = decided(facts('LOW'), 'feature');
    expect(decisionSchema.parse(decision)).toEqual(decision);
    expect(decision).toMatchObject({ ...STAMP, project: 'shop', change: 'feature', level: 'LOW' });
    expect(decision.ages).toEqual({ energy: 2, report: 60, machine: 2 });
    expect(decide({ ...facts('LOW'), machineAgeSeconds: null }, STAMP).ages['machine']).toBeNull();
  });

  it.each(SITUATIONS)('all types at once are the same as one by one: $profile, $name', (situation) => {
    const { profile, input } = situation;
    const project = { id: 'shop', path: '/home/ann/shop', profile };
    for (const level of ENERGY_LEVELS) {
      const made = facts(level, { project, ...input }, situation.facts);
      const all = decideAll(made, { label: '7', decidedAt: STAMP.decidedAt });
      expect(Object.keys(all)).toEqual(CHANGE_TYPES);
      for (const change of CHANGE_TYPES) {
        expect(all[change]).toEqual({ ...decided(made, change), id: `7-shop-${change}` });
      }
    }
  });

  it.each<[EnergyLevel, string, string, string]>([
    ['CRITICAL', 'ONLY_FIXES', 'FROZEN', 'DEGRADED'],
    ['LOW', 'NORMAL', 'DISABLED', 'DEGRADED'],
    ['MEDIUM', 'NORMAL', 'NORMAL', 'NORMAL'],
    ['HIGH', 'FULL_SPEED', 'EFFICIENT', 'NORMAL'],
    ['FULL', 'FULL_SPEED', 'FULL_SPEED', 'NORMAL'],
    ['UNKNOWN', 'NORMAL', 'DISABLED', 'NORMAL'],
  ])('operating modes at %s: %s, %s, %s', (level, business, model, infrastructure) => {
    expect(operatingModeFor('business', level)).toBe(business);
    expect(operatingModeFor('ml', level)).toBe(model);
    expect(operatingModeFor('infrastructure', level)).toBe(infrastructure);
    expect(operatingModeFor('infrastructure', level, 'DEGRADED')).toBe('DEGRADED');
  });
});
