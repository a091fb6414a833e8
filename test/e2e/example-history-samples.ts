import type { DatabaseSync } from 'node:sqlite';

import { hourOf } from '../../core/history/hour-block.ts';
import { LEVEL_METRIC } from '../../core/history/metric.ts';
import type { Readings } from '../../core/history/readings.ts';
import type { SampleStore } from '../../core/history/sample-store.ts';
import { VERDICTS } from '../../shared/contract/vocabulary.ts';
import type { Verdict } from '../../shared/contract/vocabulary.ts';
import { randomFrom } from '../fakes/seeded-random.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Samples of the last day; before it, one in five minutes is enough for the roll-ups. */
const FINE_MS = 30_000;
const COARSE_MS = 5 * MINUTE_MS;

/** The hours of a day, UTC: asleep at night, at the socket at noon and in the evening. */
const WAKES_HOUR = 7.2;
const SLEEPS_HOUR = 23.5;
const SOCKETS: readonly (readonly [number, number])[] = [
  [12, 13.7],
  [17.5, 20.5],
];
const FULL_WH = 48.39;

/** A month that ends in the morning, on battery, at about 17 %. */
export function keepExampleSamples(
  store: SampleStore,
  database: DatabaseSync,
  { endMs, days }: { endMs: number; days: number },
): void {
  const machine = createMachine();
  let hour = 0;
  let lastMs: number | null = null;
  for (let atMs = endMs - days * DAY_MS; atMs <= endMs;) {
    const cause = awayCause(atMs, endMs);
    const isFine = endMs - atMs <= 1.2 * DAY_MS;
    const stepMs = isFine ? FINE_MS : COARSE_MS;
    if (cause === null) {
      // One transaction an hour: what is kept is the same, and it is kept sooner.
      if (hourOf(atMs) !== hour) {
        if (database.isTransaction) database.exec('COMMIT');
        store.seal(atMs);
        hour = hourOf(atMs);
        database.exec('BEGIN');
      }
      const awayMs = lastMs === null ? 0 : atMs - lastMs;
      if (lastMs !== null && awayMs > 10 * MINUTE_MS) {
        store.keepGap({
          fromMs: lastMs,
          toMs: atMs,
          cause: awayCause(lastMs + MINUTE_MS * 6, endMs) ?? 'asleep',
        });
      }
      store.keepTick(atMs, machine(atMs, stepMs));
      lastMs = atMs;
    }
    atMs += stepMs;
  }
  if (database.isTransaction) database.exec('COMMIT');
  store.seal(endMs);
}

function hourOfDay(atMs: number): number {
  return (atMs % DAY_MS) / HOUR_MS;
}

/** Asleep every night; the core not running for two hours of the evening before the end. */
function awayCause(atMs: number, endMs: number): 'asleep' | 'not-running' | null {
  const hour = hourOfDay(atMs);
  if (hour >= SLEEPS_HOUR || hour < WAKES_HOUR) return 'asleep';
  const backHours = (endMs - atMs) / HOUR_MS;
  return backHours > 13.7 && backHours < 15.6 ? 'not-running' : null;
}

/** One laptop and its projects, each reading after the one before. */
function createMachine(): (atMs: number, stepMs: number) => Readings {
  const random = randomFrom(11);
  let energyWh = FULL_WH * 0.7;
  let busy = 0.3;
  let heatC = 45;
  let drift = 0;
  return (atMs, stepMs) => {
    const hour = hourOfDay(atMs);
    if (hour < WAKES_HOUR + stepMs / HOUR_MS) energyWh = FULL_WH * 0.68;
    const isFed = SOCKETS.some(([from, to]) => hour >= from && hour < to);
    busy = Math.min(1, Math.max(0.02, busy + (random() - 0.5) * 0.12 + (0.3 - busy) * 0.02));
    drift = Math.min(1, Math.max(-1, drift + (random() - 0.5) * 0.02));
    const drawW = 4.5 + 16 * busy;
    const netPowerW = isFed ? Math.min(38, (FULL_WH - energyWh) * 6) : -drawW;
    energyWh = Math.min(FULL_WH, Math.max(1.2, energyWh + (netPowerW * stepMs) / HOUR_MS));
    heatC += (38 + 45 * busy - heatC) * 0.05;
    const percent = (energyWh / FULL_WH) * 100;
    const level = isFed ? 4 : percent < 5 ? 0 : percent < 20 ? 1 : percent <= 60 ? 2 : 3;
    const stability = 75 + 15 * drift - (hour > 15 && hour < 16.5 ? 30 : 0);
    const wellbeing = hour < 10.5 ? 45 : 65;
    const shop: Verdict = level <= 1 || stability < 50 ? 'block' : wellbeing < 50 ? 'throttle' : 'allow';
    const model: Verdict = level <= 1 ? 'block' : busy > 0.75 ? 'throttle' : 'allow';
    return new Map<string, number>([
      ['percent', percent],
      [LEVEL_METRIC, level],
      ['netPowerW', netPowerW],
      ['drawW', drawW],
      ['hottestC', heatC],
      ['cpuPercent', Math.min(100, busy * 90 + random() * 8)],
      ['memoryPercent', 46 + 8 * drift + random()],
      ...(isFed ? [] : [['forecastMinutesTo20', ((percent - 20) / 100) * (FULL_WH / drawW) * 60] as const]),
      ['ownCpuPercent', 0.3 + random() * 0.2],
      ['ownMemoryMb', 92 + random() * 2],
      ['score/shop/integration', 82 + 8 * drift],
      ['score/shop/wellbeing', wellbeing],
      ['score/shop/stability', stability],
      ['score/model/model_health', 85 - 6 * drift],
      ['score/model/computation_load', Math.min(100, busy * 100)],
      ['verdict/shop/feature', VERDICTS.indexOf(shop)],
      ['verdict/model/experiment', VERDICTS.indexOf(model)],
    ]);
  };
}
