import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { assessProject } from '../../../../shared/consciousness/assess.ts';
import { customProfile } from '../../../../shared/consciousness/custom-profile.ts';
import type { Measurement } from '../../../../shared/consciousness/measurement.ts';
import { profileConfigSchema } from '../../../../shared/contract/profile-config.ts';
import {
  CHANGE_TYPES,
  ENERGY_LEVELS,
  MEASURES,
  PROFILES,
  type ChangeType,
} from '../../../../shared/contract/vocabulary.ts';
import { rulesForProfile } from '../../../../shared/policy/custom-rules.ts';
import { assessInput, decided, evidence, facts, NOW_MS, report } from '../../../fakes/judged-project.ts';
import { SITUATIONS } from '../../../fakes/judged-situations.ts';
import { spelledOut } from '../../../fakes/spelled-profiles.ts';

const at = { id: 'shop', path: '/home/ann/shop' };
const profile = (config: object) => customProfile('own', profileConfigSchema.parse(config));
const withScores = (scores: Record<string, number | null>) => ({
  evidence: evidence({ report: report({ scores }) }),
});

describe('a profile that says what a built-in one says', () => {
  it.each(SITUATIONS)('decides the same: $profile, $name', (situation) => {
    for (const level of ENERGY_LEVELS) {
      const builtIn = facts(
        level,
        { project: { ...at, profile: situation.profile }, ...situation.input },
        situation.facts,
      );
      const own = facts(
        level,
        { project: { ...at, profile: spelledOut(situation.profile) }, ...situation.input },
        situation.facts,
      );
      for (const change of CHANGE_TYPES) {
        const { inputsHash: before, ...expected } = decided(builtIn, change);
        const { inputsHash, ...found } = decided(own, change);
        expect(found).toEqual(expected);
        expect(inputsHash).not.toBe(before);
      }
    }
  });

  it('measures the same, whatever applies and has data', () => {
    const measurement = fc.record({
      value: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
      atMs: fc.integer({ min: NOW_MS - 40 * 86_400_000, max: NOW_MS }),
      source: fc.constant('made up'),
      detail: fc.constant(null),
      problem: fc.constant(null),
    });
    const measurements = fc.dictionary(
      fc.constantFrom(...MEASURES),
      measurement as fc.Arbitrary<Measurement>,
    );
    fc.assert(
      fc.property(fc.constantFrom(...PROFILES), measurements, (name, measured) => {
        const judge = (choice: Parameters<typeof assessProject>[0]['project']['profile']) => {
          const { chosen, ...assessed } = assessProject(
            assessInput({
              project: { ...at, profile: choice },
              evidence: evidence({ report: null }),
              measured: { measurements: measured, record: null, problems: [] },
            }),
          );
          const values = Object.entries(chosen ?? {}).map(([score, { value, inputs }]) => [
            score,
            value,
            inputs,
          ]);
          return { ...assessed, profile: name, values };
        };
        expect(judge(spelledOut(name))).toEqual(judge(name));
      }),
      { seed: 20_260_105, numRuns: 300 },
    );
  });

  it('keeps the very rules where it changes nothing they ask', () => {
    const codes = (choice: ReturnType<typeof spelledOut>): readonly string[] =>
      rulesForProfile(choice).rules.map(({ code }) => code);
    expect(codes(spelledOut('ml'))).toContain('model-health');
    expect(codes(spelledOut('ml')).filter((code) => code.startsWith('score-'))).toEqual([]);
  });
});

describe('a profile of its own', () => {
  const own = profile({
    extends: 'business',
    modes: { haltUnless: 'at least 50', safeUnless: 'at least 80' },
    scores: {
      integration: null,
      quality: { inputs: { tests: 60, coverage: 40 }, throttleUnless: 'above 90' },
      crash_rate: { better: 'lower', haltUnless: 'at most 20', blockUnless: 'below 10' },
    },
  });
  const verdict = (scores: Record<string, number | null>, change: ChangeType = 'feature') =>
    decided(facts('FULL', { project: { ...at, profile: own }, ...withScores(scores) }), change);
  const good = { quality: 95, stability: 90, crash_rate: 2, wellbeing: 90 };

  it('passes what is good by its own scores', () => {
    expect(verdict(good)).toMatchObject({ verdict: 'allow', reasons: [] });
  });

  it.each<[string, Record<string, number | null>, string, string | null]>([
    ['a score under the HALT of its modes', { quality: 49 }, 'block', 'quality 50 or more'],
    ['a score that is better low, too high', { crash_rate: 21 }, 'block', 'crash rate 20 or less'],
    ['its own block', { crash_rate: 10 }, 'block', 'make it a fix'],
    ['SAFE by its modes', { stability: 79 }, 'throttle', 'have a person confirm it'],
    ['SAFE by well-being', { wellbeing: 79 }, 'throttle', 'have a person confirm it'],
    ['its own confirmation', { quality: 90 }, 'throttle', 'have a person confirm it'],
    ['one of three missing, inherited', { stability: null }, 'unknown', 'write a fresh report'],
    ['one of three missing, its own', { quality: null }, 'unknown', 'write a fresh report'],
  ])('%s', (_, scores, expected, way) => {
    const found = verdict({ ...good, ...scores });
    expect(found.verdict).toBe(expected);
    expect(found.cheapestWayToPass).toContain(way);
    expect(verdict({ ...good, ...scores }, 'revert').verdict).toBe('allow');
  });

  it('says its scores in words', () => {
    expect(verdict({ ...good, crash_rate: 12.34 }).bindingReason).toBe(
      'Crash rate is 12.3: features need less than 10.',
    );
  });

  it('hashes otherwise once its settings change', () => {
    const stricter = profile({ extends: 'ml', scores: { model_health: { blockUnless: 'above 80' } } });
    const milder = profile({ extends: 'ml', scores: { model_health: { blockUnless: 'above 60' } } });
    const hash = (choice: typeof own): string =>
      decided(facts('FULL', { project: { ...at, profile: choice } }), 'feature').inputsHash;
    expect(hash(stricter)).not.toBe(hash(milder));
  });

  it('turns a measured score over where lower is better', () => {
    const risk = profile({
      extends: 'business',
      scores: { risk: { inputs: { tests: 100 }, better: 'lower' } },
    });
    const value = (score: number): Measurement => ({
      value: score,
      atMs: NOW_MS,
      source: 'made up',
      detail: null,
      problem: null,
    });
    const measured = { measurements: { tests: value(98) }, record: null, problems: [] };
    expect(assessProject(assessInput({ project: { ...at, profile: risk }, measured })).scores['risk']).toBe(
      2,
    );
  });

  it('adds scores to what the machine says', () => {
    const site = profile({
      extends: 'infrastructure',
      scores: { uptime: { inputs: { services: 100 }, blockUnless: 'at least 90' } },
    });
    const judged = (scores: Record<string, number | null>) =>
      decided(facts('FULL', { project: { ...at, profile: site }, ...withScores(scores) }), 'infra');
    expect(judged({ uptime: 95 }).verdict).toBe('allow');
    expect(judged({ uptime: 80 })).toMatchObject({ verdict: 'block', operatingMode: 'NORMAL' });
    expect(judged({ uptime: null }).verdict).toBe('unknown');
  });

  it('can ask an ml project to be EFFICIENT from a higher level on', () => {
    const frugal = profile({ extends: 'ml', modes: { efficientUpTo: 'MEDIUM' } });
    const mode = (level: 'MEDIUM' | 'HIGH') =>
      assessProject(assessInput({ project: { ...at, profile: frugal }, energy: { level, levelValue: null } }))
        .mode;
    expect([mode('MEDIUM'), mode('HIGH')]).toEqual(['EFFICIENT', 'NORMAL']);
  });
});
