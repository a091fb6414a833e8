import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fall, fallDueMs, fallFrom } from '../../../../shared/energy/steadiness-fall.ts';
import { RANKED_LEVELS } from '../../../../shared/contract/vocabulary.ts';
import type { RankedLevel } from '../../../../shared/contract/vocabulary.ts';

const BY_CHARGE = RANKED_LEVELS.filter((level) => level !== 'FULL');

describe('fall', () => {
  it('never rises, and never falls further than what was read', () => {
    const readings = fc.array(
      fc.record({ seen: fc.constantFrom(...BY_CHARGE), stepMs: fc.integer({ min: 0, max: 60_000 }) }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...BY_CHARGE), readings, (start, sequence) => {
        let now = 0;
        let state = fallFrom(start);
        let worst = rank(start);
        for (const { seen, stepMs } of sequence) {
          now += stepMs;
          worst = Math.min(worst, rank(seen));
          const next = fall(state, seen, now);
          expect(rank(next.level)).toBeLessThanOrEqual(rank(state.level));
          expect(rank(next.level)).toBeGreaterThanOrEqual(worst);
          state = next;
        }
      }),
      { seed: 20_260_105, numRuns: 500 },
    );
  });

  it('settles when it says it will', () => {
    fc.assert(
      fc.property(fc.constantFrom(...BY_CHARGE), fc.constantFrom(...BY_CHARGE), (start, seen) => {
        let state = fall(fallFrom(start), seen, 0);
        const due = fallDueMs(state, 0);
        if (rank(seen) >= rank(start)) {
          expect(due).toBeNull();
          return;
        }
        state = fall(state, seen, due ?? 0);
        expect(state.level).toBe(seen);
      }),
      { seed: 20_260_105, numRuns: 100 },
    );
  });
});

function rank(level: RankedLevel): number {
  return RANKED_LEVELS.indexOf(level);
}
