import { describe, expect, it } from 'vitest';

import {
  emptyGauge,
  evenPercent,
  learnFall,
  learnResolution,
  percentPerWh,
} from '../../../../../shared/energy/forecast/gauge.ts';
import type { Gauge } from '../../../../../shared/energy/forecast/gauge.ts';

/** A gauge that has watched `times` full discharges, a tenth of the scale after the other. */
function watched(times: number, spentWhFor: (band: number) => number): Gauge {
  let gauge = emptyGauge();
  for (let time = 0; time < times; time++) {
    for (let band = 9; band >= 0; band--) {
      gauge = learnFall(gauge, (band + 1) * 10, band * 10, spentWhFor(band));
    }
  }
  return gauge;
}

describe('what a point is worth', () => {
  it('is not known at first, unless the battery says its capacity', () => {
    expect(percentPerWh(emptyGauge(), null)).toBeNull();
    expect(percentPerWh(emptyGauge(), 50)).toBe(2);
    expect(percentPerWh(emptyGauge(), 0)).toBeNull();
  });

  it('is what was seen once three points have fallen, whatever the label says', () => {
    const gauge = learnFall(emptyGauge(), 80, 76, 1);
    expect(percentPerWh(gauge, 50)).toBe(4);
  });

  it('counts watts drawn while the level stood still', () => {
    const gauge = learnFall(learnFall(emptyGauge(), 80, 80, 1), 80, 76, 1);
    expect(percentPerWh(gauge, null)).toBe(2);
  });

  it('follows a battery that wears', () => {
    let gauge = watched(3, () => 5);
    for (let time = 0; time < 30; time++) {
      for (let band = 9; band >= 0; band--) gauge = learnFall(gauge, (band + 1) * 10, band * 10, 4);
    }
    expect(percentPerWh(gauge, null)).toBeCloseTo(2.5, 1);
  });
});

describe('even points', () => {
  it('are the points shown while nothing was learnt, or all tenths are alike', () => {
    expect(evenPercent(emptyGauge(), 80, 20)).toBe(60);
    expect(
      evenPercent(
        watched(2, () => 5),
        80,
        20,
      ),
    ).toBeCloseTo(60, 6);
  });

  it('are fewer where the same energy eats more points', () => {
    const gauge = watched(5, (band) => (band < 2 ? 4 : 5));
    expect(evenPercent(gauge, 20, 0)).toBeLessThan(18);
    expect(evenPercent(gauge, 100, 80)).toBeGreaterThan(20);
    expect(evenPercent(gauge, 100, 0)).toBeGreaterThan(97);
    expect(evenPercent(gauge, 100, 0)).toBeLessThan(103);
  });

  it('add up', () => {
    const gauge = watched(5, (band) => 4 + band / 10);
    expect(evenPercent(gauge, 73.4, 12)).toBeCloseTo(
      evenPercent(gauge, 73.4, 41.7) + evenPercent(gauge, 41.7, 12),
      6,
    );
  });
});

describe('the resolution', () => {
  it('is the smallest fall seen; rises and stillness teach nothing', () => {
    const gauge = [2, 1, 0, -3, 1].reduce(learnResolution, emptyGauge());
    expect(gauge.resolutionPercent).toBe(1);
  });
});
