import type { Forecast } from '../../contract/energy.ts';
import type { BatteryState } from '../../contract/vocabulary.ts';
import { ageDrainMemory, emptyDrainMemory, learnDrain } from './drain-memory.ts';
import { extendDrainWindow, openDrainWindow } from './drain-window.ts';
import type { DrainSample, DrainWindow } from './drain-window.ts';
import { emptyGauge } from './gauge.ts';
import { exportForecastHistory, importForecastHistory } from './forecast-history.ts';
import type { ForecastHistory } from './forecast-history.ts';
import { normalShareBelow } from './normal-share.ts';
import { outlookTo } from './outlook.ts';
import type { Outlook } from './outlook.ts';
import {
  dropOpen,
  emptyTrackRecord,
  markReached,
  pastErrors,
  rangeOf,
  recordForecasts,
} from './track-record.ts';
import type { PastError } from './track-record.ts';

/** One reading of the machine's power, as the level machine gets it. */
export interface ForecastSample {
  readonly atMs: number;
  /** Unrounded. */
  readonly percent: number | null;
  readonly state: BatteryState | null;
  /** Negative drains. */
  readonly powerW: number | null;
  readonly energyWh?: number | null;
  readonly energyFullWh?: number | null;
  readonly onExternalPower: boolean | null;
}

export interface ForecasterOptions {
  /** Samples further apart than this have a sleep or a stopped recorder between them. Default 90 s (domain 1.1). */
  readonly gapMs?: number;
}

/** Minutes to a threshold while the machine drains (domain 1.1, "Forecast"). Feed it every sample, in order. */
export interface Forecaster {
  observe(sample: ForecastSample): void;
  /** One range for every threshold below the present level; none while hidden, see `settledMs`. */
  forecast(atMs: number, thresholdsPercent: readonly number[]): Forecast[];
  /** The chance (0..1) that `minutes` from now the level is still above the threshold; null when it cannot be said. */
  probabilityAbove(atMs: number, minutes: number, thresholdPercent: number): number | null;
  /** How far off earlier forecasts were, by how far they looked ahead. */
  pastErrors(): PastError[];
  /** What the machine has learnt, as plain JSON. */
  exportHistory(): ForecastHistory;
  /** Takes over an exported history; one that does not read as such is left aside. */
  importHistory(history: unknown): void;
}

const MINUTE_MS = 60_000;
/** Unplugging and waking change the load: the first minutes say little (behaviour 30). */
const HIDDEN_MS = 3 * MINUTE_MS;
const LONGEST_MINUTES = 24 * 60;
/** Forecasts put on record for the self-score: one round every five minutes, each tenth of the scale. */
const RECORD_EVERY_MS = 5 * MINUTE_MS;
const RECORDED_PERCENT = [95, 90, 80, 70, 60, 50, 40, 30, 20, 15, 10, 5] as const;
/** A level that moves further than this between two samples was recalibrated, not drained. */
const JUMP_PERCENT = 15;
/** Over this a gauge is out of its mind (domain 1.1, "Impossible readings"). */
const MOST_DRAWN_W = 300;
/** A clock set back by less than this was put right, not moved: the sample is passed over. */
const CORRECTION_MS = 5000;

/** A forecaster that knows nothing yet. Bounded: at most 500 open forecasts, however long it runs. */
export function createForecaster(options: ForecasterOptions = {}): Forecaster {
  const gapMs = options.gapMs ?? 90_000;
  let memory = emptyDrainMemory();
  let memoryAtMs: number | null = null;
  let gauge = emptyGauge();
  let record = emptyTrackRecord();
  let window: DrainWindow | null = null;
  let shownFromMs = Infinity;
  let recordedAtMs = -Infinity;
  let stepMinutes = 0;

  function age(atMs: number, interrupted: boolean) {
    const minutes = memoryAtMs === null ? 0 : Math.max(0, atMs - memoryAtMs) / MINUTE_MS;
    memory = ageDrainMemory(memory, minutes, interrupted);
    memoryAtMs = atMs;
  }

  function endRun() {
    window = null;
    shownFromMs = Infinity;
    record = dropOpen(record);
  }

  function beginRun(sample: DrainSample) {
    endRun();
    age(sample.atMs, true);
    window = openDrainWindow(sample);
    shownFromMs = sample.atMs + HIDDEN_MS;
    recordedAtMs = -Infinity;
  }

  function outlook(atMs: number, thresholdPercent: number): Outlook | null {
    if (window === null || atMs < shownFromMs || thresholdPercent >= window.last.percent) return null;
    const sinceSampleMs = atMs - window.last.atMs;
    if (sinceSampleMs > gapMs || sinceSampleMs <= -CORRECTION_MS) return null;
    const known = { memory, memoryAtMs: memoryAtMs ?? atMs, gauge, window, stepMinutes };
    return outlookTo(thresholdPercent, Math.max(atMs, window.last.atMs), known);
  }

  function keepScore(atMs: number, percent: number) {
    record = markReached(record, atMs, percent);
    if (atMs - recordedAtMs < RECORD_EVERY_MS || atMs < shownFromMs) return;
    recordedAtMs = atMs;
    record = recordForecasts(
      record,
      RECORDED_PERCENT.flatMap((thresholdPercent) => {
        const found = outlook(atMs, thresholdPercent);
        return found === null ? [] : [{ askedAtMs: atMs, thresholdPercent, ...found }];
      }),
    );
  }

  return {
    observe(sample) {
      const draining = isDraining(sample);
      if (draining === null || !Number.isFinite(sample.atMs)) return;
      if (!draining) {
        endRun();
        return;
      }
      const { percent } = sample;
      if (percent === null || !(percent >= 0 && percent <= 100)) return;
      const seen: DrainSample = {
        atMs: sample.atMs,
        percent,
        drawnW: drawnW(sample.powerW),
        energyFullWh: sample.energyFullWh ?? null,
      };
      const stepMs = window === null ? NaN : sample.atMs - window.last.atMs;
      if (stepMs <= 0 && stepMs > -CORRECTION_MS) return;
      const fallPercent = window === null ? NaN : window.last.percent - percent;
      if (window === null || stepMs < 0 || stepMs > gapMs || Math.abs(fallPercent) > JUMP_PERCENT) {
        beginRun(seen);
        return;
      }
      stepMinutes += (stepMs / MINUTE_MS - stepMinutes) * (stepMinutes === 0 ? 1 : 0.1);
      const next = extendDrainWindow(window, gauge, seen);
      window = next.window;
      gauge = next.gauge;
      if (next.reading !== null && next.reading.percentPerMinute > 0) {
        age(sample.atMs, false);
        memory = learnDrain(
          memory,
          next.reading.percentPerMinute,
          next.reading.minutes,
          next.reading.variance,
        );
      }
      keepScore(sample.atMs, percent);
    },

    forecast(atMs, thresholdsPercent) {
      return thresholdsPercent.flatMap((thresholdPercent) => {
        const found = outlook(atMs, thresholdPercent);
        if (found === null) return [];
        const { low, high } = rangeOf(record, found.minutes50);
        const minutes = (place: number) =>
          Math.min(LONGEST_MINUTES, found.minutes50 * Math.exp(place * found.logSpread));
        return [
          { thresholdPercent, minutes10: minutes(low), minutes50: minutes(0), minutes90: minutes(high) },
        ];
      });
    },

    probabilityAbove(atMs, minutes, thresholdPercent) {
      if (window !== null && atMs >= shownFromMs && window.last.percent <= thresholdPercent) return 0;
      const found = outlook(atMs, thresholdPercent);
      if (found === null) return null;
      if (minutes <= 0) return 1;
      const place = Math.log(minutes / found.minutes50) / found.logSpread;
      const { low, high } = rangeOf(record, found.minutes50);
      return 1 - normalShareBelow(1.2816 * (place < 0 ? place / -low : place / high));
    },

    pastErrors: () => pastErrors(record),
    exportHistory: () => exportForecastHistory({ memory, memoryAtMs, gauge, record, stepMinutes }),
    importHistory(history) {
      const known = importForecastHistory(history);
      if (known === null) return;
      endRun();
      ({ memory, memoryAtMs, gauge, record, stepMinutes } = known);
    },
  };
}

/** Null when the sample says neither: then nothing is concluded from it. */
function isDraining({ state, onExternalPower }: ForecastSample): boolean | null {
  if (onExternalPower === true) return false;
  if (state === 'discharging') return true;
  if (state === 'charging' || state === 'full') return false;
  if (onExternalPower === false) return true;
  return state === 'not-charging' ? false : null;
}

/** Watts drawn; null where the gauge says none, or what cannot be. A gauge that shows 0 W while draining says none. */
function drawnW(powerW: number | null): number | null {
  return powerW !== null && powerW < 0 && powerW >= -MOST_DRAWN_W ? -powerW : null;
}
