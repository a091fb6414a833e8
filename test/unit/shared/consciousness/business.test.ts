import { describe, expect, it } from 'vitest';

import { businessMode } from '../../../../shared/consciousness/business.ts';
import { scoreText } from '../../../../shared/consciousness/scored-mode.ts';

describe('businessMode', () => {
  it.each([
    [70, 65, 75, 'SAFE'],
    [70, 70, 70, 'FAST'],
    [69.99, 70, 70, 'SAFE'],
    [39.99, 100, 100, 'HALT'],
    [40, 100, 100, 'SAFE'],
    [100, 100, 39, 'HALT'],
    [100, 0, 100, 'SAFE'],
    [null, 100, 100, null],
    [100, 100, null, null],
    [30, 100, null, 'HALT'],
    [null, 100, 30, 'HALT'],
  ])('integration %s, well-being %s, stability %s: %s', (integration, wellbeing, stability, mode) => {
    expect(businessMode({ integration, wellbeing, stability }).mode).toBe(mode);
  });

  it('says what holds the project back', () => {
    expect(businessMode({ integration: 90, wellbeing: 45, stability: 90 })).toEqual({
      mode: 'SAFE',
      why: 'well-being 45',
      heldBy: 'wellbeing',
    });
    expect(businessMode({ integration: 65.5, wellbeing: 45, stability: 90 })).toEqual({
      mode: 'SAFE',
      why: 'integration 65.5, well-being 45',
      heldBy: null,
    });
    expect(businessMode({ integration: 90, wellbeing: 90, stability: null }).why).toBe('no stability');
  });
});

describe('scoreText', () => {
  it('rounds down, so that a score under a border never reads as on it', () => {
    expect(scoreText(69.99)).toBe('69.9');
    expect(scoreText(70)).toBe('70');
  });
});
