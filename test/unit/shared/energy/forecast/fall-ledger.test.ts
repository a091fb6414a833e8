import { describe, expect, it } from 'vitest';

import { enterSpending, openFallLedger } from '../../../../../shared/energy/forecast/fall-ledger.ts';
import { emptyGauge, learnResolution, percentPerWh } from '../../../../../shared/energy/forecast/gauge.ts';
import type { Gauge } from '../../../../../shared/energy/forecast/gauge.ts';

/** Watches a battery of 50 Wh (2 points a Wh) at 10 W, minute by minute, from a level inside a step. */
function watched(fromPercent: number, minutes: number, shownOf: (percent: number) => number): Gauge {
  let gauge = emptyGauge();
  let shown = shownOf(fromPercent);
  let ledger = openFallLedger(shown);
  for (let minute = 1; minute <= minutes; minute++) {
    const next = shownOf(fromPercent - minute / 3);
    gauge = learnResolution(gauge, shown - next);
    shown = next;
    ({ ledger, gauge } = enterSpending(ledger, gauge, shown, 10 / 60));
  }
  return gauge;
}

describe('watts and falls side by side', () => {
  it('teach a whole-percent gauge its worth, however little of the first point was left', () => {
    for (const fromPercent of [80, 80.3, 80.6, 80.9]) {
      const gauge = watched(fromPercent, 14, Math.floor);
      expect(Math.abs(percentPerWh(gauge, null)! - 2), `from ${fromPercent} %`).toBeLessThan(0.25);
    }
  });

  it('teach a fine gauge from its second step on', () => {
    expect(
      percentPerWh(
        watched(80, 12, (percent) => percent),
        null,
      ),
    ).toBeCloseTo(2, 6);
  });

  it('count what was drawn while the level stood still or rose by a grain', () => {
    let gauge = emptyGauge();
    let ledger = openFallLedger(80);
    for (const percent of [79, 79, 79.5, 78, 78, 75]) {
      ({ ledger, gauge } = enterSpending(ledger, gauge, percent, 0.5));
    }
    expect(percentPerWh(gauge, null)).toBeCloseTo(4 / 2.5, 6);
  });
});
