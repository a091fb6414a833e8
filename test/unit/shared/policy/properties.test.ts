import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { personHalt } from '../../../../shared/consciousness/halt.ts';
import {
  CHANGE_TYPES,
  COOLING_STATUSES,
  ENERGY_LEVELS,
  HEALTH_MODES,
  PROFILES,
  VERDICTS,
} from '../../../../shared/contract/vocabulary.ts';
import type { PolicyFacts } from '../../../../shared/policy/decide.ts';
import { ruleCodes } from '../../../../shared/policy/rules/by-profile.ts';
import { decided, evidence, facts, NOW_MS, report } from '../../../fakes/judged-project.ts';

const SEED = 20260105;
const runs = { seed: SEED, numRuns: 400 };
const score = fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: null });
const reason = fc.record({
  code: fc.constantFrom('fleet-halt', 'fleet-energy', 'change-review'),
  text: fc.string(),
  verdict: fc.constantFrom(...VERDICTS),
});

/** Any facts the loop could make. */
const anyFacts: fc.Arbitrary<PolicyFacts> = fc
  .record({
    level: fc.constantFrom(...ENERGY_LEVELS),
    profile: fc.constantFrom(...PROFILES),
    scores: fc.record({
      integration: score,
      stability: score,
      wellbeing: score,
      model_health: score,
      embedding_quality: score,
      computation_load: score,
    }),
    mode: fc.option(fc.constantFrom(...HEALTH_MODES), { nil: null }),
    ageMinutes: fc.integer({ min: -60, max: 3000 }),
    hasReport: fc.boolean(),
    confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
    cooling: fc.option(fc.constantFrom(...COOLING_STATUSES), { nil: null }),
    isDegraded: fc.boolean(),
    isHalted: fc.boolean(),
    reserve: fc.option(fc.double({ min: 0, max: 9, noNaN: true }), { nil: null }),
    observeOnly: fc.subarray([...ruleCodes()], { maxLength: 2 }),
  })
  .map((made) =>
    facts(
      made.level,
      {
        project: { id: 'shop', path: '/home/ann/shop', profile: made.profile },
        evidence: evidence({
          report: made.hasReport
            ? report({
                scores: made.scores,
                mode: made.mode,
                confidence: made.confidence,
                generatedAtMs: NOW_MS - made.ageMinutes * 60_000,
              })
            : null,
        }),
        infrastructure: {
          mode: made.isDegraded ? 'DEGRADED' : 'NORMAL',
          weakestLink: made.isDegraded ? 'UPS on battery' : null,
          coolingStatus: made.cooling,
          networkStatus: null,
        },
        halt: made.isHalted ? personHalt('ann', 'why', NOW_MS) : null,
      },
      {
        energy: { ...facts(made.level).energy, reservePercent: made.reserve },
        observeOnly: made.observeOnly,
      },
    ),
  );
const rank = (verdict: (typeof VERDICTS)[number]): number => VERDICTS.indexOf(verdict);

describe(`verdicts (seed ${SEED})`, () => {
  it('a revert is always allowed', () => {
    fc.assert(
      fc.property(anyFacts, fc.array(reason), (made, extraReasons) => {
        expect(decided({ ...made, extraReasons }, 'revert').verdict).toBe('allow');
      }),
      runs,
    );
  });

  it('reasons from elsewhere can only worsen, and none of our own disappears', () => {
    fc.assert(
      fc.property(
        anyFacts,
        fc.constantFrom(...CHANGE_TYPES),
        fc.array(reason),
        (made, change, extraReasons) => {
          const alone = decided(made, change);
          const joined = decided({ ...made, extraReasons }, change);
          expect(rank(joined.verdict)).toBeGreaterThanOrEqual(rank(alone.verdict));
          for (const own of alone.reasons) expect(joined.reasons).toContainEqual(own);
        },
      ),
      runs,
    );
  });

  it('the verdict is the worst of the reasons, which come most binding first', () => {
    fc.assert(
      fc.property(
        anyFacts,
        fc.constantFrom(...CHANGE_TYPES),
        fc.array(reason),
        (made, change, extraReasons) => {
          const { verdict, reasons, bindingReason } = decided({ ...made, extraReasons }, change);
          const ranks = reasons.map((each) => rank(each.verdict));
          expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
          expect(rank(verdict)).toBe(Math.max(0, ...ranks));
          expect(bindingReason).toBe(verdict === 'allow' ? null : reasons[0]?.text);
        },
      ),
      runs,
    );
  });

  it('UNKNOWN energy never lets anything but fixes and reverts pass', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom('feature', 'safe', 'experiment', 'infra'), (made, change) => {
        fc.pre(made.energy.level === 'UNKNOWN' && made.observeOnly.length === 0);
        expect(['unknown', 'block']).toContain(decided(made, change).verdict);
      }),
      runs,
    );
  });

  it('without fresh enough evidence a business or ml feature never passes', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom('feature', 'experiment', 'infra'), (made, change) => {
        const { profile, freshness, confidence } = made.project;
        fc.pre(profile !== 'infrastructure' && made.observeOnly.length === 0);
        fc.pre(['stale', 'missing', 'clock-wrong'].includes(freshness) || confidence < 0.6);
        expect(['unknown', 'block']).toContain(decided(made, change).verdict);
      }),
      runs,
    );
  });

  it('what does not pass says why and what to do', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...CHANGE_TYPES), (made, change) => {
        const { verdict, bindingReason, cheapestWayToPass } = decided(made, change);
        fc.pre(verdict !== 'allow');
        expect(bindingReason).toMatch(/^\S.*\.$/);
        expect(bindingReason).not.toMatch(/[{}]|undefined|null|NaN/);
        expect(cheapestWayToPass).toMatch(/^\S/);
      }),
      runs,
    );
  });
});
