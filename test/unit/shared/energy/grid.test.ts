import { describe, expect, it } from 'vitest';

import { ENERGY_LEVELS, RANKED_LEVELS } from '../../../../shared/contract/vocabulary.ts';
import { gridLimit, gridSupply, levelUnderGrid } from '../../../../shared/energy/grid.ts';
import type { GridReading } from '../../../../shared/energy/grid.ts';

const reading = (value: number | null): GridReading => ({
  label: 'DE grid',
  unit: 'gCO2/kWh',
  value,
  ageSeconds: value === null ? null : 720,
  problem: value === null ? 'cannot be reached' : null,
});
const carbon = { worseWhen: 'higher', mediumAt: 300, lowAt: 500 } as const;
const headroom = { worseWhen: 'lower', mediumAt: 30, lowAt: 10 } as const;

describe('the grid limit', () => {
  it.each([
    [299.9, null],
    [300, 'MEDIUM'],
    [499.9, 'MEDIUM'],
    [500, 'LOW'],
    [900, 'LOW'],
  ])('of carbon %d is %j', (value, atMost) => {
    expect(gridLimit(reading(value), carbon, true).atMost).toBe(atMost);
  });

  it.each([
    [31, null],
    [30, 'MEDIUM'],
    [10, 'LOW'],
    [0, 'LOW'],
  ])('of headroom %d is %j', (value, atMost) => {
    expect(gridLimit(reading(value), headroom, true).atMost).toBe(atMost);
  });

  it('touches no project that does not say it runs there', () => {
    expect(gridLimit(reading(900), carbon, false)).toEqual({ atMost: null, why: null });
  });

  it('is none on what is not known, and none without bounds', () => {
    expect(gridLimit(null, carbon, true).atMost).toBeNull();
    expect(gridLimit(reading(null), carbon, true).atMost).toBeNull();
    expect(
      gridLimit(reading(900), { worseWhen: 'higher', mediumAt: null, lowAt: null }, true).atMost,
    ).toBeNull();
  });

  it('says why under its label', () => {
    expect(gridLimit(reading(512), carbon, true).why).toBe(
      'DE grid: 512 gCO2/kWh, at most LOW from 500 or more',
    );
  });

  it('never raises a level', () => {
    for (const level of ENERGY_LEVELS) {
      for (const atMost of ['LOW', 'MEDIUM', null] as const) {
        const after = levelUnderGrid(level, { atMost, why: null });
        if (level === 'UNKNOWN') expect(after).toBe('UNKNOWN');
        else {
          const rank = (name: string) => RANKED_LEVELS.findIndex((ranked) => ranked === name);
          expect(rank(after)).toBe(Math.min(rank(level), atMost === null ? 4 : rank(atMost)));
        }
      }
    }
  });
});

describe('the grid in the list of supplies', () => {
  it('is labelled as grid and never counted', () => {
    expect(gridSupply(reading(512), '2026-01-05T10:00:00.000Z')).toMatchObject({
      name: 'DE grid',
      kind: 'grid',
      source: 'grid',
      counted: false,
      reason: 'grid (512 gCO2/kWh, 12 min old): can only lower projects that run on it',
    });
    expect(gridSupply(reading(null), '').reason).toContain('grid (cannot be reached)');
  });
});
