import { describe, expect, it } from 'vitest';

import { burnRate, errorBudget, type ErrorWindows } from '../../../../shared/consciousness/burn-rate.ts';

/** Windows in which this share of 100,000 requests failed. */
const failing = (shares: Readonly<Record<string, number>>, events = 100_000): ErrorWindows =>
  Object.fromEntries(
    Object.entries(shares).map(([name, share]) => [name, { events, errors: share * events }]),
  );
const states = (windows: ErrorWindows) => errorBudget(windows, 99.9).pairs.map(({ state }) => state);

describe('errorBudget', () => {
  it('burns when both windows of a pair do, from the limit on', () => {
    expect(errorBudget(failing({ '1h': 0.0144, '5m': 0.0144 }), 99.9).asksRollback).toBe(true);
    expect(errorBudget(failing({ '1h': 0.0143, '5m': 0.5 }), 99.9).asksRollback).toBe(false);
    expect(errorBudget(failing({ '1h': 0.5, '5m': 0.0143 }), 99.9).asksRollback).toBe(false);
    expect(errorBudget(failing({ '6h': 0.006, '30m': 0.006 }), 99.9).asksRollback).toBe(true);
    expect(errorBudget(failing({ '6h': 0.0059, '30m': 0.5 }), 99.9).asksRollback).toBe(false);
  });

  it('makes a ticket, not a rollback, of a slow leak', () => {
    const leak = errorBudget(
      failing({ '3d': 0.001, '6h': 0.001, '30m': 0.001, '1h': 0.001, '5m': 0.001 }),
      99.9,
    );
    expect(leak.pairs.map(({ state }) => state)).toEqual(['calm', 'calm', 'burning']);
    expect(leak.asksRollback).toBe(false);
  });

  it('tells absent from calm, and both from too few events', () => {
    expect(states({})).toEqual(['absent', 'absent', 'absent']);
    expect(states(failing({ '1h': 0.5 }))).toEqual(['absent', 'absent', 'absent']);
    expect(states(failing({ '1h': 0, '5m': 0 }))).toEqual(['calm', 'absent', 'absent']);
    expect(states(failing({ '1h': 1, '5m': 1 }, 19))[0]).toBe('too-few-events');
    expect(states(failing({ '1h': 1, '5m': 1 }, 20))[0]).toBe('burning');
    expect(states({ '1h': { events: 100, errors: 100 }, '5m': { events: 0, errors: 0 } })[0]).toBe('calm');
  });

  it('says what is left of three days', () => {
    expect(errorBudget(failing({ '3d': 0.00025 }), 99.9).leftPercent).toBeCloseTo(75);
    expect(errorBudget(failing({ '3d': 0.5 }), 99.9).leftPercent).toBe(0);
    expect(errorBudget(failing({ '3d': 0.5 }, 19), 99.9).leftPercent).toBeNull();
    expect(errorBudget({}, 99.9).leftPercent).toBeNull();
  });
});

describe('burnRate', () => {
  it('is 1 at the limit, for any objective', () => {
    expect(burnRate({ events: 1000, errors: 1 }, 99.9)).toBeCloseTo(1);
    expect(burnRate({ events: 1000, errors: 100 }, 90)).toBeCloseTo(1);
    expect(burnRate({ events: 1000, errors: 0 }, 99.9)).toBe(0);
  });

  it('takes more errors than events for all of them', () => {
    expect(burnRate({ events: 100, errors: 130 }, 90)).toBeCloseTo(10);
  });

  it('is unknown under 20 events', () => {
    expect(burnRate({ events: 19, errors: 19 }, 99.9)).toBeNull();
    expect(burnRate(null, 99.9)).toBeNull();
  });
});
