import { describe, expect, it } from 'vitest';

import type { PolicyFacts } from '../../../../shared/policy/decide.ts';
import { decided, evidence, facts, GOOD_SCORES, report } from '../../../fakes/judged-project.ts';

const ml = { id: 'model', path: '/home/ann/model', profile: 'ml' as const };
const withScores = (scores: Record<string, number>) => ({
  evidence: evidence({ report: report({ scores }) }),
});
const low = (energy: Partial<PolicyFacts['energy']>): PolicyFacts =>
  facts('LOW', {}, { energy: { ...facts('LOW').energy, ...energy } });

describe('cheapestWayToPass', () => {
  it('is the plug on battery', () => {
    expect(decided(low({}), 'feature').cheapestWayToPass).toBe('plug in');
  });

  it('is a stronger charger when one is plugged in and out-drawn', () => {
    expect(decided(low({ onExternalPower: true }), 'feature').cheapestWayToPass).toBe(
      'use a stronger charger',
    );
  });

  it('is waiting for the mains when a UPS feeds the machine: there is nothing to plug in', () => {
    expect(decided(low({ upsOnBattery: true }), 'feature').cheapestWayToPass).toBe(
      'wait until mains power is back',
    );
  });

  it('is a time when the charge is known to rise', () => {
    expect(decided(low({ minutesToNextLevel: 260 }), 'feature')).toMatchObject({
      cheapestWayToPass: 'wait until about 14:20',
      retryAfterSeconds: 260 * 60,
    });
  });

  it('is "make it a fix" when several things hold a feature and a fix would pass', () => {
    const made = facts('LOW', withScores({ integration: 90, stability: 65 }));
    expect(decided(made, 'feature').cheapestWayToPass).toBe('make it a fix');
  });

  it('names both steps where a fix would not pass either', () => {
    const made = facts('CRITICAL', withScores({ integration: 90, stability: 65 }));
    expect(decided(made, 'feature').cheapestWayToPass).toBe('plug in and have a person confirm it');
  });

  it('never calls an experiment a fix', () => {
    const busy = withScores({ ...GOOD_SCORES.ml, computation_load: 95 });
    const made = facts('LOW', { project: ml, ...busy });
    expect(decided(made, 'experiment').cheapestWayToPass).toBe(
      'plug in and wait until this machine is less busy',
    );
  });

  it('names the score an experiment needs', () => {
    const made = facts('FULL', { project: ml, ...withScores({ ...GOOD_SCORES.ml, model_health: 60 }) });
    expect(decided(made, 'experiment').cheapestWayToPass).toBe('bring model health above 70');
  });

  it('asks for a waiver where a HALT holds a fix', () => {
    const made = facts('FULL', withScores({ integration: 20, stability: 90 }));
    expect(decided(made, 'fix').cheapestWayToPass).toContain('orch waive shop --change fix --reason');
    expect(decided(made, 'feature').cheapestWayToPass).toContain('integration 20');
  });

  it('is null for allow, and so is the wait', () => {
    expect(decided(facts('FULL'), 'feature')).toMatchObject({
      cheapestWayToPass: null,
      retryAfterSeconds: null,
    });
  });
});

describe('retryAfterSeconds', () => {
  it('is the longest over all that binds', () => {
    const busy = withScores({ ...GOOD_SCORES.ml, computation_load: 95 });
    const made = facts('LOW', { project: ml, ...busy });
    expect(
      decided({ ...made, energy: { ...made.energy, minutesToNextLevel: 5 } }, 'experiment').retryAfterSeconds,
    ).toBe(300);
  });

  it('is null when only a person can change it', () => {
    expect(
      decided(facts('FULL', withScores({ integration: 90, stability: 65 })), 'feature').retryAfterSeconds,
    ).toBe(null);
  });
});
