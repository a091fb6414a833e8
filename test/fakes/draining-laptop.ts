import type { ForecastSample } from '../../shared/energy/forecast/forecaster.ts';
import { randomFrom } from './seeded-random.ts';

export interface DrainingLaptop {
  readonly fromMs?: number;
  readonly fromPercent?: number;
  readonly untilPercent?: number;
  readonly stepMs?: number;
  readonly fullWh?: number;
  /** Watts drawn, minutes after the plug was pulled. */
  readonly drawnW: (minutes: number) => number;
  /** What the gauge shows, percentage points; 0 for an exact one. */
  readonly grainPercent?: number;
  readonly hasWatts?: boolean;
}

/** Samples of one discharge, from the pull of the plug on. */
export function drainingSamples(laptop: DrainingLaptop): ForecastSample[] {
  const { fromMs = 0, fromPercent = 90, untilPercent = 5, stepMs = 30_000, fullWh = 50 } = laptop;
  const { grainPercent = 0, hasWatts = true } = laptop;
  const samples: ForecastSample[] = [];
  let charge = fromPercent;
  for (let atMs = fromMs; charge > untilPercent; atMs += stepMs) {
    const drawnW = laptop.drawnW((atMs - fromMs) / 60_000);
    if (atMs > fromMs) charge -= ((drawnW * stepMs) / 3_600_000 / fullWh) * 100;
    samples.push({
      atMs,
      percent: grainPercent === 0 ? charge : Math.ceil(charge / grainPercent) * grainPercent,
      state: 'discharging',
      powerW: hasWatts ? -drawnW : null,
      onExternalPower: false,
    });
  }
  return samples;
}

/** A bursty load: 6, 11 or 28 W, each for some minutes; the same minute always draws the same. */
export function burstyLoad(seed: number): (minutes: number) => number {
  const chance = randomFrom(seed);
  const blocks = Array.from({ length: 400 }, () => [6, 6, 11, 28][Math.floor(chance() * 4)] ?? 11);
  return (minutes) => blocks[Math.floor(minutes / 8)] ?? 11;
}
