import { describe, expect, it } from 'vitest';

import { createForecaster } from '../../../../../shared/energy/forecast/forecaster.ts';
import type { Forecaster, ForecastSample } from '../../../../../shared/energy/forecast/forecaster.ts';
import { burstyLoad, drainingSamples } from '../../../../fakes/draining-laptop.ts';

const MINUTE_MS = 60_000;

function fed(samples: readonly ForecastSample[], forecaster = createForecaster()): Forecaster {
  for (const sample of samples) forecaster.observe(sample);
  return forecaster;
}

/** 12 W of 50 Wh: 0.4 points a minute. */
const steady = drainingSamples({ drawnW: () => 12 });
const first = (minutes: number): ForecastSample[] => steady.filter((one) => one.atMs <= minutes * MINUTE_MS);

describe('the forecast while draining', () => {
  it('says how long an even load takes to each threshold below the level, and nothing of those passed', () => {
    const forecasts = fed(first(60)).forecast(60 * MINUTE_MS, [95, 66, 20, 5, 0]);
    expect(forecasts.map((one) => one.thresholdPercent)).toEqual([20, 5, 0]);
    const [to20, to5, to0] = forecasts.map((one) => one.minutes50);
    expect(to20).toBeGreaterThan(46 / 0.4 - 12);
    expect(to20).toBeLessThan(46 / 0.4 + 12);
    expect(to5).toBeGreaterThan(to20!);
    expect(to0).toBeGreaterThan(to5!);
  });

  it('gives a range around the middle, wider in proportion the further it looks', () => {
    const [near, far] = fed(first(60)).forecast(60 * MINUTE_MS, [60, 5]);
    for (const one of [near!, far!]) {
      expect(one.minutes10).toBeLessThan(one.minutes50);
      expect(one.minutes90).toBeGreaterThan(one.minutes50);
    }
    expect(far!.minutes90 - far!.minutes10).toBeGreaterThan(near!.minutes90 - near!.minutes10);
  });

  it('counts on between two samples', () => {
    const forecaster = fed(first(60));
    const [now] = forecaster.forecast(60 * MINUTE_MS, [20]);
    const [later] = forecaster.forecast(61 * MINUTE_MS, [20]);
    expect(now!.minutes50 - later!.minutes50).toBeCloseTo(1, 0);
  });

  it('follows a load that has doubled for the near future more than for the far one', () => {
    const before = fed(first(60));
    const change = drainingSamples({ drawnW: (minutes) => (minutes > 60 ? 24 : 12), untilPercent: 57 });
    const after = fed(change);
    const atMs = change.at(-1)!.atMs;
    const speedUp = (threshold: number, left: number): number => {
      const old = before.forecast(60 * MINUTE_MS, [threshold])[0]!.minutes50 / (66 - threshold);
      return old / (after.forecast(atMs, [threshold])[0]!.minutes50 / left);
    };
    expect(speedUp(50, 7)).toBeGreaterThan(speedUp(5, 52));
    expect(speedUp(5, 52)).toBeGreaterThan(1.05);
  });

  it('works from whole percents without watts', () => {
    const samples = drainingSamples({ drawnW: () => 12, grainPercent: 1, hasWatts: false, untilPercent: 60 });
    const [to20] = fed(samples).forecast(samples.at(-1)!.atMs, [20]);
    expect(to20!.minutes50).toBeGreaterThan(85);
    expect(to20!.minutes50).toBeLessThan(115);
  });

  it('says at most 24 h', () => {
    const samples = drainingSamples({ drawnW: () => 0.05, untilPercent: 89.8 });
    const [to0] = fed(samples).forecast(samples.at(-1)!.atMs, [0]);
    expect(to0!.minutes50).toBe(24 * 60);
    expect(to0!.minutes90).toBe(24 * 60);
  });
});

describe('when the forecast is hidden', () => {
  it('is hidden for three minutes after unplugging, and shown from then on', () => {
    const forecaster = createForecaster();
    forecaster.observe({ atMs: -60_000, percent: 90, state: 'charging', powerW: 20, onExternalPower: true });
    for (const sample of first(5)) {
      forecaster.observe(sample);
      const shown = forecaster.forecast(sample.atMs, [20]);
      expect(shown.length, `${sample.atMs} ms`).toBe(sample.atMs < 3 * MINUTE_MS ? 0 : 1);
    }
  });

  it('is none while fed from outside, even when a weak charger lets the battery fall', () => {
    const forecaster = fed(first(30));
    const weak = { percent: 70, powerW: -4, onExternalPower: true } as const;
    for (let minute = 31; minute < 60; minute++) {
      forecaster.observe({ ...weak, atMs: minute * MINUTE_MS, state: 'discharging' });
      expect(forecaster.forecast(minute * MINUTE_MS, [20, 5])).toEqual([]);
      expect(forecaster.probabilityAbove(minute * MINUTE_MS, 10, 20)).toBeNull();
    }
  });

  it.each([
    ['asleep', 4 * 3600_000],
    ['away for two minutes', 120_000],
    ['thrown back by the clock', -3600_000],
  ])('starts its window anew after the machine was %s', (_what, gapMs) => {
    const forecaster = fed(first(30));
    const wokeMs = 30 * MINUTE_MS + gapMs;
    const woke = drainingSamples({ drawnW: () => 12, fromMs: wokeMs, fromPercent: 70, untilPercent: 66 });
    for (const sample of woke) {
      forecaster.observe(sample);
      const shown = forecaster.forecast(sample.atMs, [20]);
      expect(shown.length).toBe(sample.atMs - wokeMs < 3 * MINUTE_MS ? 0 : 1);
      if (shown.length > 0) expect(shown[0]!.minutes50).toBeLessThan(200);
    }
  });

  it('takes the time lost asleep for no drain at all', () => {
    const awake = fed(first(30)).forecast(30 * MINUTE_MS, [20])[0]!.minutes50;
    const forecaster = fed(first(30));
    const wokeMs = 30 * MINUTE_MS + 8 * 3600_000;
    const percent = first(30).at(-1)!.percent!;
    const woke = drainingSamples({
      drawnW: () => 12,
      fromMs: wokeMs,
      fromPercent: percent,
      untilPercent: 75,
    });
    fed(woke, forecaster);
    const again = forecaster.forecast(woke.at(-1)!.atMs, [20])[0]!.minutes50;
    expect(again).toBeGreaterThan(awake * 0.75);
    expect(again).toBeLessThan(awake * 1.15);
  });

  it('goes away when no sample came for longer than a gap', () => {
    const forecaster = fed(first(30));
    expect(forecaster.forecast(30 * MINUTE_MS + 89_000, [20])).toHaveLength(1);
    expect(forecaster.forecast(30 * MINUTE_MS + 91_000, [20])).toEqual([]);
  });

  it('judges gaps by the step it is told', () => {
    const coarse = drainingSamples({ drawnW: () => 12, stepMs: 5 * MINUTE_MS, untilPercent: 60 });
    const atMs = coarse.at(-1)!.atMs;
    expect(fed(coarse).forecast(atMs, [20])).toEqual([]);
    expect(fed(coarse, createForecaster({ gapMs: 50 * MINUTE_MS })).forecast(atMs, [20])).toHaveLength(1);
  });

  it('stays when the clock is put right by a second or two', () => {
    const forecaster = fed(first(30));
    const atMs = 30 * MINUTE_MS - 2000;
    forecaster.observe({ ...first(30).at(-1)!, atMs });
    expect(forecaster.forecast(atMs, [20])).toHaveLength(1);
  });

  it('lets single failed reads and unknown states pass', () => {
    const forecaster = fed(first(30));
    const at = (seconds: number): number => 30 * MINUTE_MS + seconds * 1000;
    const lost = {
      atMs: at(30),
      percent: null,
      state: 'discharging',
      powerW: null,
      onExternalPower: false,
    } as const;
    forecaster.observe(lost);
    forecaster.observe({ ...lost, atMs: at(45), state: 'unknown', onExternalPower: null });
    expect(forecaster.forecast(at(60), [20])).toHaveLength(1);
  });
});

describe('the chance that a job ends above a threshold', () => {
  const forecaster = fed(first(60));
  const chance = (minutes: number, threshold = 20): number =>
    forecaster.probabilityAbove(60 * MINUTE_MS, minutes, threshold)!;

  it('falls with the length of the job, from 1 to 0', () => {
    const chances = Array.from({ length: 80 }, (_, i) => chance(i * 5));
    expect(chances[0]).toBe(1);
    expect(chances.at(-1)).toBeLessThan(0.01);
    expect(chances).toEqual([...chances].sort((a, b) => b - a));
  });

  it('falls with a higher threshold', () => {
    expect(chance(60, 5)).toBeGreaterThan(chance(60, 20));
    expect(chance(60, 20)).toBeGreaterThan(chance(60, 50));
  });

  it('agrees with the range', () => {
    const [to20] = forecaster.forecast(60 * MINUTE_MS, [20]);
    expect(chance(to20!.minutes10)).toBeCloseTo(0.9, 2);
    expect(chance(to20!.minutes50)).toBeCloseTo(0.5, 2);
    expect(chance(to20!.minutes90)).toBeCloseTo(0.1, 2);
  });

  it('is 0 below the threshold already, and cannot be said while the forecast is hidden', () => {
    expect(chance(1, 95)).toBe(0);
    expect(fed(first(1)).probabilityAbove(MINUTE_MS, 10, 20)).toBeNull();
    expect(createForecaster().probabilityAbove(0, 10, 20)).toBeNull();
  });
});

describe('learning', () => {
  /** Discharges with a charge of an hour between them. */
  function days(count: number, seed: number): ForecastSample[][] {
    let fromMs = 0;
    return Array.from({ length: count }, (_, day) => {
      const samples = drainingSamples({ drawnW: burstyLoad(seed + day), fromMs });
      const endMs = samples.at(-1)!.atMs;
      fromMs = endMs + 3600_000;
      samples.push({
        atMs: endMs + 30_000,
        percent: 5,
        state: 'charging',
        powerW: 30,
        onExternalPower: true,
      });
      return samples;
    });
  }

  it('holds the truth in its range about as often as it says', () => {
    const forecaster = createForecaster();
    let held = 0;
    let asked = 0;
    for (const samples of days(40, 1)) {
      const reached = new Map([60, 40, 20].map((t) => [t, samples.find((one) => one.percent! <= t)!.atMs]));
      for (const [index, sample] of samples.entries()) {
        forecaster.observe(sample);
        if (index % 10 !== 0) continue;
        for (const one of forecaster.forecast(sample.atMs, [60, 40, 20])) {
          const real = (reached.get(one.thresholdPercent)! - sample.atMs) / MINUTE_MS;
          asked++;
          if (one.minutes10 <= real && real <= one.minutes90) held++;
        }
      }
    }
    expect(asked).toBeGreaterThan(2000);
    expect(held / asked).toBeGreaterThan(0.72);
    expect(held / asked).toBeLessThan(0.93);
  });

  it('keeps score of what became of its forecasts', () => {
    const forecaster = createForecaster();
    expect(forecaster.pastErrors()).toEqual([]);
    for (const samples of days(5, 7)) fed(samples, forecaster);
    const errors = forecaster.pastErrors();
    expect(errors.map((one) => one.horizonMinutes)).toEqual([10, 30, 60, 120, 240]);
    for (const one of errors) {
      expect(one.count).toBeGreaterThan(0);
      expect(one.meanAbsoluteErrorMinutes).toBeGreaterThanOrEqual(Math.abs(one.biasMinutes));
    }
    expect(errors[0]!.meanAbsoluteErrorMinutes).toBeLessThan(errors[3]!.meanAbsoluteErrorMinutes);
  });

  it('counts nothing for a forecast whose run ended before the threshold', () => {
    const forecaster = fed(first(20));
    forecaster.observe({
      atMs: 20.5 * MINUTE_MS,
      percent: 82,
      state: 'charging',
      powerW: 30,
      onExternalPower: true,
    });
    fed(
      drainingSamples({ drawnW: () => 12, fromMs: 10 * 3600_000, fromPercent: 40, untilPercent: 39 }),
      forecaster,
    );
    expect(forecaster.pastErrors()).toEqual([]);
  });

  it('knows the machine again after a restart, and leans on what it is used to', () => {
    const learnt = createForecaster();
    for (const samples of days(5, 3)) fed(samples, learnt);
    const stored: unknown = JSON.parse(JSON.stringify(learnt.exportHistory()));
    const again = createForecaster();
    again.importHistory(stored);
    expect(again.exportHistory()).toEqual(stored);
    expect(again.pastErrors()).toEqual(learnt.pastErrors());

    const quiet = drainingSamples({ drawnW: () => 3, fromMs: 40 * 24 * 3600_000, untilPercent: 89.5 });
    const atMs = quiet.at(-1)!.atMs;
    const known = fed(quiet, again).forecast(atMs, [20])[0]!;
    const stranger = fed(drainingSamples({ drawnW: () => 3, untilPercent: 80 })).forecast(
      drainingSamples({ drawnW: () => 3, untilPercent: 80 }).at(-1)!.atMs,
      [20],
    )[0]!;
    expect(known.minutes50).toBeLessThan(stranger.minutes50);
  });

  it('stays small and quick over months of samples every few seconds', () => {
    const forecaster = createForecaster();
    for (const samples of days(3, 11)) fed(samples, forecaster);
    const small = JSON.stringify(forecaster.exportHistory()).length;
    for (let day = 3; day < 20; day++) {
      const fromMs = day * 24 * 3600_000;
      fed(drainingSamples({ drawnW: burstyLoad(day), fromMs, stepMs: 2000 }), forecaster);
    }
    expect(JSON.stringify(forecaster.exportHistory()).length).toBeLessThan(small * 1.5);
    expect(small).toBeLessThan(5000);
  });
});
