import type { HistorySeries } from '../../shared/contract/history.ts';
import type { Snapshot } from '../../shared/contract/state.ts';

const POINTS = 120;
const STEP_MS = 30_000;
/** Minutes 20 to 26 of the hour the machine slept. */
const ASLEEP = { from: 40, to: 52 };

/** GET /v1/history?metric=percent of the hour before the snapshot: the charge fell to where it is. */
export function lastHourBefore(snapshot: Snapshot): HistorySeries {
  const toMs = Date.parse(snapshot.at);
  const { percent } = snapshot.energy;
  const atMs = Array.from({ length: POINTS }, (_, index) => toMs - (POINTS - 1 - index) * STEP_MS);
  const last = atMs.map((_, index) => {
    if (percent === null || (index >= ASLEEP.from && index < ASLEEP.to)) return null;
    return Math.min(100, percent + (POINTS - 1 - index) * 0.15);
  });
  return {
    schemaVersion: 1,
    kind: 'series',
    metric: 'percent',
    unit: '%',
    private: false,
    fromMs: toMs - 3_600_000,
    toMs,
    stepMs: STEP_MS,
    source: 'memory',
    atMs,
    min: last,
    mean: last,
    max: last,
    last,
    count: last.map((value) => (value === null ? 0 : 1)),
    gaps: [],
  };
}
