import fc from 'fast-check';
import { expect, it } from 'vitest';

import { BATTERY_STATES } from '../../../../../shared/contract/vocabulary.ts';
import { createForecaster } from '../../../../../shared/energy/forecast/forecaster.ts';

const odd = fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 65535, -65535);
const step = fc.record({
  stepMs: fc.oneof(
    fc.integer({ min: 1, max: 60_000 }),
    fc.constantFrom(0, -1000, -86_400_000, 86_400_000, 95_000),
  ),
  fall: fc.oneof(
    { weight: 8, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
    fc.double({ min: -40, max: 40, noNaN: true }),
  ),
  powerW: fc.oneof(
    { weight: 8, arbitrary: fc.double({ min: -60, max: 5, noNaN: true }) },
    odd,
    fc.constant(null),
  ),
  percent: fc.oneof({ weight: 20, arbitrary: fc.constant('shown') }, odd, fc.constant(null)),
  state: fc.oneof(
    { weight: 20, arbitrary: fc.constant('discharging' as const) },
    fc.constantFrom(...BATTERY_STATES),
  ),
  onExternalPower: fc.oneof({ weight: 20, arbitrary: fc.constant(false) }, fc.constantFrom(true, null)),
});

it('gives only ordered, finite ranges up to 24 h and chances from 0 to 1, whatever it is fed', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 200 }), (steps) => {
      const forecaster = createForecaster();
      let atMs = 1_700_000_000_000;
      let level = 95;
      for (const one of steps) {
        atMs += one.stepMs;
        level = Math.min(100, Math.max(0, level - one.fall));
        forecaster.observe({
          atMs,
          percent: one.percent === 'shown' ? level : one.percent,
          state: one.state,
          powerW: one.powerW,
          onExternalPower: one.onExternalPower,
        });
        const forecasts = forecaster.forecast(atMs, [60, 20, 5, 0]);
        for (const range of forecasts) {
          expect(range.minutes10).toBeGreaterThanOrEqual(0);
          expect(range.minutes50).toBeGreaterThanOrEqual(range.minutes10);
          expect(range.minutes90).toBeGreaterThanOrEqual(range.minutes50);
          expect(range.minutes90).toBeLessThanOrEqual(24 * 60);
        }
        const middles = forecasts.map((range) => range.minutes50);
        expect(middles).toEqual([...middles].sort((a, b) => a - b));
        const chance = forecaster.probabilityAbove(atMs, 30, 20);
        if (chance !== null) {
          expect(chance).toBeGreaterThanOrEqual(0);
          expect(chance).toBeLessThanOrEqual(1);
        }
      }
      const stored = JSON.stringify(forecaster.exportHistory());
      const again = createForecaster();
      again.importHistory(JSON.parse(stored));
      expect(JSON.stringify(again.exportHistory())).toBe(stored);
    }),
    { numRuns: 300, seed: 7 },
  );
});
