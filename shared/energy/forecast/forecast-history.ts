import { emptyDrainMemory } from './drain-memory.ts';
import type { DrainMemory } from './drain-memory.ts';
import { emptyGauge } from './gauge.ts';
import type { Gauge } from './gauge.ts';
import { emptyTrackRecord } from './track-record.ts';
import type { TrackRecord } from './track-record.ts';

/** What a machine has learnt about its own drain, to be kept across restarts. Plain JSON. */
export interface ForecastHistory {
  readonly version: 1;
  readonly memory: DrainMemory;
  /** Wall-clock instant of what the memory last learnt, so that time asleep counts as time passed. */
  readonly memoryAtMs: number | null;
  readonly gauge: Gauge;
  readonly record: TrackRecord;
  /** Usual time between two samples. */
  readonly stepMinutes: number;
}

/** The history to store: forecasts still open are left out, for the run they belong to ends with the process. */
export function exportForecastHistory(learnt: Omit<ForecastHistory, 'version'>): ForecastHistory {
  return { version: 1, ...learnt, record: { ...learnt.record, open: [] } };
}

/** The same learning with no errors counted yet, for a new account of how far off the forecasts are. */
export function withoutErrors(history: ForecastHistory): ForecastHistory {
  const classes = history.record.classes.map((one) => ({
    ...one,
    count: 0,
    meanAbsoluteErrorMinutes: 0,
    biasMinutes: 0,
  }));
  return { ...history, record: { ...history.record, classes } };
}

/** The history in `value`, or null when anything in it is not what was exported. */
export function importForecastHistory(value: unknown): ForecastHistory | null {
  const example: ForecastHistory = exportForecastHistory({
    memory: emptyDrainMemory(),
    memoryAtMs: null,
    gauge: emptyGauge(),
    record: emptyTrackRecord(),
    stepMinutes: 0,
  });
  if (!isAlike(value, example) || (value as { version: unknown }).version !== 1) return null;
  const history = value as ForecastHistory;
  return history.memory.covariance.every((row, i) => (row[i] ?? -1) >= 0)
    ? { ...history, record: { ...history.record, open: [] } }
    : null;
}

/** Same keys, same lengths, finite numbers; where the example holds null a number may stand, too. */
function isAlike(value: unknown, example: unknown): boolean {
  if (example === null) return value === null || Number.isFinite(value);
  if (typeof example === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(example)) {
    return (
      Array.isArray(value) &&
      value.length === example.length &&
      example.every((one, i) => isAlike(value[i], one))
    );
  }
  return Object.entries(example as object).every(([key, one]) =>
    isAlike((value as Record<string, unknown>)[key], one),
  );
}
