import { describe, expect, it } from 'vitest';

import { publicDecision } from '../../../../shared/policy/public-decision.ts';
import { decided, evidence, facts, report } from '../../../fakes/judged-project.ts';

const tired = (scores: Record<string, number>) =>
  decided(facts('FULL', { evidence: evidence({ report: report({ scores }) }) }), 'feature');

describe('publicDecision', () => {
  it.each([
    { integration: 90, stability: 90, wellbeing: 12 },
    { integration: 65, stability: 90, wellbeing: 12 },
  ])('keeps the verdict and says nothing of the person (%o)', (scores) => {
    const decision = tired(scores);
    expect(JSON.stringify(decision)).toContain('well-being 12');
    const open = publicDecision(decision);
    expect(JSON.stringify(open)).not.toMatch(/well-?being|\b12\b/i);
    expect(open.verdict).toBe('throttle');
  });

  it('leaves other decisions as they are', () => {
    const decision = tired({ integration: 65, stability: 90, wellbeing: 90 });
    expect(publicDecision(decision)).toBe(decision);
  });
});
