import { describe, expect, it } from 'vitest';

import {
  between,
  lengthMs,
  panned,
  rangeSpan,
  spanBetween,
  zoomed,
} from '../../../../renderer/view/history-span.ts';

const HOUR_MS = 3_600_000;
const LIMITS = { fromMs: 0, toMs: 100 * HOUR_MS };

describe('history span', () => {
  it('reaches from now back over the chosen stretch', () => {
    expect(rangeSpan('24h', 100 * HOUR_MS)).toEqual({ fromMs: 76 * HOUR_MS, toMs: 100 * HOUR_MS });
  });

  it('zooms around an instant, which stays where it is on screen', () => {
    const view = { fromMs: 40 * HOUR_MS, toMs: 60 * HOUR_MS };
    expect(zoomed(view, 0.5, 45 * HOUR_MS, LIMITS)).toEqual({
      fromMs: 42.5 * HOUR_MS,
      toMs: 52.5 * HOUR_MS,
    });
  });

  it('zooms out to the limits and no further, and in to five minutes and no closer', () => {
    const view = { fromMs: 90 * HOUR_MS, toMs: 99 * HOUR_MS };
    expect(zoomed(view, 50, 95 * HOUR_MS, LIMITS)).toEqual(LIMITS);
    expect(lengthMs(zoomed(view, 1e-9, 95 * HOUR_MS, LIMITS))).toBeCloseTo(300_000);
    const wider = zoomed(view, 2, 90 * HOUR_MS, LIMITS);
    expect(wider.toMs).toBe(LIMITS.toMs);
    expect(lengthMs(wider)).toBe(18 * HOUR_MS);
  });

  it('moves up to a limit with its length kept', () => {
    const view = { fromMs: 2 * HOUR_MS, toMs: 6 * HOUR_MS };
    expect(panned(view, -5 * HOUR_MS, LIMITS)).toEqual({ fromMs: 0, toMs: 4 * HOUR_MS });
    expect(panned(view, 500 * HOUR_MS, LIMITS)).toEqual({ fromMs: 96 * HOUR_MS, toMs: 100 * HOUR_MS });
  });

  it('selects between two instants in any order', () => {
    expect(between(9 * HOUR_MS, 5 * HOUR_MS, LIMITS)).toEqual({ fromMs: 5 * HOUR_MS, toMs: 9 * HOUR_MS });
    expect(lengthMs(between(0, 1, LIMITS))).toBe(300_000);
  });

  it('is in the middle of two spans at half of the way', () => {
    expect(spanBetween({ fromMs: 0, toMs: 10 }, { fromMs: 10, toMs: 30 }, 0.5)).toEqual({
      fromMs: 5,
      toMs: 20,
    });
  });
});
