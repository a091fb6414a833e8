import { describe, expect, it } from 'vitest';

import { stepFor, wantedAsk } from '../../../../renderer/view/history-steps.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = 1000 * DAY_MS;
const LIMITS = { fromMs: NOW_MS - 35 * DAY_MS, toMs: NOW_MS };
const lastMs = (longMs: number) => ({ fromMs: NOW_MS - longMs, toMs: NOW_MS });

describe('history steps', () => {
  it.each([
    [HOUR_MS, 30_000],
    [DAY_MS, 2 * MINUTE_MS],
    [7 * DAY_MS, 15 * MINUTE_MS],
    [30 * DAY_MS, HOUR_MS],
  ])('shows %d ms in about a thousand points', (longMs, stepMs) => {
    expect(stepFor(lastMs(longMs))).toBe(stepMs);
    expect(longMs / stepMs).toBeLessThanOrEqual(1000);
  });

  it('asks for half a width more on each side, within what there is', () => {
    const view = { fromMs: NOW_MS - 48 * HOUR_MS, toMs: NOW_MS - 24 * HOUR_MS };
    expect(wantedAsk(view, LIMITS, [], NOW_MS)).toEqual({
      span: { fromMs: NOW_MS - 60 * HOUR_MS, toMs: NOW_MS - 12 * HOUR_MS },
      stepMs: 2 * MINUTE_MS,
    });
    expect(wantedAsk(lastMs(DAY_MS), LIMITS, [], NOW_MS)?.span.toMs).toBe(NOW_MS);
  });

  it('asks for nothing that is known finely enough, and for more once it is not', () => {
    const known = [{ span: lastMs(2 * DAY_MS), stepMs: 2 * MINUTE_MS, askedAtMs: NOW_MS }];
    const inside = { fromMs: NOW_MS - 30 * HOUR_MS, toMs: NOW_MS - 8 * HOUR_MS };
    expect(wantedAsk(inside, LIMITS, known, NOW_MS)).toBeNull();
    const close = { fromMs: NOW_MS - 9 * HOUR_MS, toMs: NOW_MS - 8 * HOUR_MS };
    expect(wantedAsk(close, LIMITS, known, NOW_MS)?.stepMs).toBe(30_000);
    const earlier = { fromMs: NOW_MS - 60 * HOUR_MS, toMs: NOW_MS - 40 * HOUR_MS };
    expect(wantedAsk(earlier, LIMITS, known, NOW_MS)).not.toBeNull();
  });

  it('asks again no sooner than a step can have been added', () => {
    const known = [{ span: lastMs(45 * DAY_MS), stepMs: HOUR_MS, askedAtMs: NOW_MS }];
    const after = (ms: number) =>
      wantedAsk({ fromMs: NOW_MS + ms - 30 * DAY_MS, toMs: NOW_MS + ms }, LIMITS, known, NOW_MS + ms);
    expect(after(30_000)).toBeNull();
    expect(after(59 * MINUTE_MS)).toBeNull();
    expect(after(60 * MINUTE_MS)).not.toBeNull();
  });

  it('does not ask for the time to come', () => {
    const known = [{ span: lastMs(2 * HOUR_MS), stepMs: 30_000, askedAtMs: NOW_MS }];
    const view = { fromMs: NOW_MS - HOUR_MS, toMs: NOW_MS + 20 * MINUTE_MS };
    expect(wantedAsk(view, { ...LIMITS, toMs: view.toMs }, known, NOW_MS)).toBeNull();
    expect(wantedAsk(view, { ...LIMITS, toMs: view.toMs }, [], NOW_MS)?.span.toMs).toBe(NOW_MS);
  });
});
