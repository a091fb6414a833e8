import { describe, expect, it } from 'vitest';

import { personHalt } from '../../../../shared/consciousness/halt.ts';
import type { PolicyFacts } from '../../../../shared/policy/decide.ts';
import { inputsHash } from '../../../../shared/policy/inputs-hash.ts';
import { evidence, facts, NOW_MS, report } from '../../../fakes/judged-project.ts';

const base = facts('LOW');

describe('inputsHash', () => {
  it('is the same a minute later: ages, clocks and wording are no part of it', () => {
    const later: PolicyFacts = {
      ...base,
      nowMs: NOW_MS + 60_000,
      machineAgeSeconds: 62,
      project: { ...base.project, reportAgeSeconds: 120 },
      energy: { ...base.energy, ageSeconds: 30, percent: 17.4, why: 'battery 17 %, draining 9.3 W' },
    };
    expect(inputsHash(later)).toBe(inputsHash(base));
    expect(inputsHash(base)).toMatch(/^[0-9a-f]{16}$/);
  });

  it('does not depend on the order of the scores', () => {
    const { integration, stability, wellbeing } = base.project.scores;
    const turned = { wellbeing, stability, integration } as typeof base.project.scores;
    expect(inputsHash({ ...base, project: { ...base.project, scores: turned } })).toBe(inputsHash(base));
  });

  it('differs for every fact that can change a verdict', () => {
    const variants: PolicyFacts[] = [
      base,
      facts('MEDIUM'),
      { ...base, change: 'fix' },
      { ...base, project: { ...base.project, id: 'other' } },
      { ...base, project: { ...base.project, profile: 'ml' } },
      { ...base, project: { ...base.project, mode: 'SAFE' } },
      { ...base, project: { ...base.project, heldBy: 'wellbeing' } },
      { ...base, project: { ...base.project, confidence: 0.6 } },
      { ...base, energy: { ...base.energy, percent: 16 } },
      { ...base, energy: { ...base.energy, onExternalPower: true } },
      { ...base, energy: { ...base.energy, reservePercent: 3 } },
      { ...base, energy: { ...base.energy, upsOnBattery: true } },
      { ...base, observeOnly: ['energy-low'] },
      { ...base, expectedMinutes: 40 },
      { ...base, extraReasons: [{ code: 'fleet-halt', text: '', verdict: 'block' }] },
      { ...base, extraReasons: [{ code: 'fleet-halt', text: '', verdict: 'throttle' }] },
      facts('LOW', { halt: personHalt('ann', 'x', NOW_MS) }),
      facts('LOW', { halt: personHalt('bob', 'x', NOW_MS) }),
      facts('LOW', { evidence: evidence({ report: null }) }),
      facts('LOW', {
        evidence: evidence({ report: report({ scores: { integration: 90, stability: 89.9 } }) }),
      }),
      facts('LOW', {
        evidence: evidence({ report: report({ scores: { integration: 89.9, stability: 90 } }) }),
      }),
      facts('LOW', {
        infrastructure: { mode: 'DEGRADED', weakestLink: '', coolingStatus: 'NORMAL', networkStatus: null },
      }),
      facts('LOW', {
        infrastructure: { mode: 'NORMAL', weakestLink: null, coolingStatus: 'HOT', networkStatus: null },
      }),
      {
        ...base,
        waivers: [{ who: 'ann', why: 'y', change: 'feature', sinceMs: NOW_MS, untilMs: NOW_MS + 1000 }],
      },
    ];
    const hashes = variants.map(inputsHash);
    expect(new Set(hashes).size).toBe(variants.length);
  });
});
