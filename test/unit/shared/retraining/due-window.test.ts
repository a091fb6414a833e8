import { describe, expect, it } from 'vitest';

import { dueWindow, type WindowLook } from '../../../../shared/retraining/due-window.ts';

const MINUTE_MS = 60_000;
const look = (more: Partial<WindowLook>): WindowLook => ({
  nowMs: 1000 * MINUTE_MS,
  latestMs: 1000 * MINUTE_MS,
  isUsed: () => false,
  inTimeMs: 5 * MINUTE_MS,
  isPowerShort: false,
  chance: () => 0.5,
  ...more,
});

describe('the window that waits', () => {
  it('is none before the first and after it was used', () => {
    expect(dueWindow(null, look({ latestMs: null }))).toBeNull();
    expect(dueWindow(null, look({ isUsed: () => true }))).toBeNull();
  });
  it('is in time when it is seen soon, and stays so for as long as it waits with power', () => {
    const due = dueWindow(null, look({ nowMs: 1004 * MINUTE_MS }));
    expect(due).toMatchObject({ isMissed: false, netPowerMs: null });
    expect(dueWindow(due, look({ nowMs: 1400 * MINUTE_MS }))).toMatchObject({ isMissed: false });
  });
  it('is missed when it is seen late, or when there is no power for it', () => {
    expect(dueWindow(null, look({ nowMs: 1006 * MINUTE_MS }))).toMatchObject({ isMissed: true });
    const due = dueWindow(null, look({}));
    expect(dueWindow(due, look({ isPowerShort: true }))).toMatchObject({ isMissed: true });
  });
  it('asks for 10 to 20 minutes of net power when missed, drawn once', () => {
    const chances = [0, 0.999999, 0.3];
    const late = look({ isPowerShort: true, chance: () => chances.shift() ?? 0 });
    const first = dueWindow(null, late);
    expect(first?.netPowerMs).toBe(10 * MINUTE_MS);
    expect(dueWindow(first, late)).toEqual(first);
    expect(dueWindow(null, late)?.netPowerMs).toBeCloseTo(20 * MINUTE_MS, -2);
  });
  it('gives way to the next one', () => {
    const due = dueWindow(null, look({ isPowerShort: true }));
    expect(dueWindow(due, look({ latestMs: 1060 * MINUTE_MS, nowMs: 1060 * MINUTE_MS }))).toEqual({
      windowMs: 1060 * MINUTE_MS,
      isMissed: false,
      netPowerMs: null,
    });
  });
});
