import { describe, expect, it } from 'vitest';

import { forecastCone, forecastReachMs } from '../../../../renderer/view/history-forecast.ts';
import { keyAct } from '../../../../renderer/view/history-keys.ts';

const LIMITS = { fromMs: 0, toMs: 100_000_000 };
const VIEW = { fromMs: 40_000_000, toMs: 60_000_000 };
const press = (key: string, shiftKey = false, cursorMs: number | null = 50_000_000) =>
  keyAct({ key, shiftKey }, VIEW, cursorMs, LIMITS);

describe('history keys', () => {
  it('move the marker by a hundredth of what is in sight, from the right end at first', () => {
    expect(press('ArrowLeft')).toEqual({ kind: 'cursor', atMs: 49_800_000, view: VIEW });
    expect(press('ArrowLeft', false, null)).toEqual({ kind: 'cursor', atMs: 59_800_000, view: VIEW });
    expect(press('Home')).toEqual({ kind: 'cursor', atMs: VIEW.fromMs, view: VIEW });
  });

  it('take the view along at its edge, up to the limits', () => {
    expect(press('ArrowRight', false, VIEW.toMs)).toEqual({
      kind: 'cursor',
      atMs: 60_200_000,
      view: { fromMs: 40_200_000, toMs: 60_200_000 },
    });
    expect(
      keyAct(
        { key: 'ArrowRight', shiftKey: false },
        { fromMs: 80_000_000, toMs: LIMITS.toMs },
        LIMITS.toMs,
        LIMITS,
      ),
    ).toEqual({
      kind: 'cursor',
      atMs: LIMITS.toMs,
      view: { fromMs: 80_000_000, toMs: LIMITS.toMs },
    });
  });

  it('move what is in sight with Shift, zoom around the marker, reset', () => {
    expect(press('ArrowRight', true)).toEqual({
      kind: 'view',
      view: { fromMs: 45_000_000, toMs: 65_000_000 },
    });
    expect(press('+')).toEqual({ kind: 'view', view: { fromMs: 45_000_000, toMs: 55_000_000 } });
    expect(press('-')).toEqual({ kind: 'view', view: { fromMs: 30_000_000, toMs: 70_000_000 } });
    expect(press('0')).toEqual({ kind: 'reset' });
  });

  it('leave every other key alone', () => {
    expect(press('Tab')).toBeNull();
    expect(press('a')).toBeNull();
  });
});

describe('forecast cone', () => {
  const FORECAST = [
    { thresholdPercent: 0, minutes10: 60, minutes50: 80, minutes90: 100 },
    { thresholdPercent: 20, minutes10: 5, minutes50: 6, minutes90: 7 },
    { thresholdPercent: 5, minutes10: 40, minutes50: 50, minutes90: 60 },
  ];

  it('goes from the charge of now through the thresholds that are still below it', () => {
    const cone = forecastCone(FORECAST, 17, 1000);
    expect(cone?.middle).toEqual([
      { atMs: 1000, percent: 17 },
      { atMs: 1000 + 50 * 60_000, percent: 5 },
      { atMs: 1000 + 80 * 60_000, percent: 0 },
    ]);
    expect(cone?.late.at(-1)?.atMs).toBe(1000 + 100 * 60_000);
  });

  it('is not there without a forecast or a charge, and takes a third of the view at most', () => {
    expect(forecastCone([], 17, 0)).toBeNull();
    expect(forecastCone(FORECAST, null, 0)).toBeNull();
    expect(forecastReachMs(null, 0, 3_600_000)).toBe(0);
    const cone = forecastCone(FORECAST, 17, 0);
    expect(forecastReachMs(cone, 0, 3_600_000)).toBe(1_200_000);
    expect(forecastReachMs(cone, 0, 86_400_000)).toBe(6_000_000);
  });
});
