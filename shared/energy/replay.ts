import type { Forecast, PowerSupply } from '../contract/energy.ts';
import type { BatteryState, EnergyLevel } from '../contract/vocabulary.ts';
import type { Forecaster } from './forecast/forecaster.ts';
import { initialSteadiness, steady } from './steadiness.ts';
import type { SteadyInput } from './steadiness.ts';
import { judgeChain } from './supply-chain.ts';

/** One row of a recorded trace, in the order it was recorded. */
export interface TraceRow {
  /** The stamp as it stands in the file. */
  readonly at: string;
  readonly atMs: number;
  /** Null where the recorder had none or it was outside 0..100. */
  readonly percent: number | null;
  readonly state: BatteryState;
  /** Watts in or out, without a sign; null where the recorder had none. */
  readonly watts: number | null;
}

/** What the product would have shown at that row (3-contract, `orch replay --json`). */
export interface ReplayRow {
  readonly at: string;
  readonly level: EnergyLevel;
  readonly percent: number | null;
  readonly state: BatteryState;
  readonly forecast: readonly Forecast[];
}

/** A row this far behind the one before is late; when several follow each other, the clock was set back. */
const LATE_ROWS = 3;
/** A recorder that wrote a row every minute was away after ten; one that wrote every second, after 90 s. */
const GAP_STEPS = 10;
const GAP_MS = { least: 90_000, most: 3_600_000 };
/** What settles between two rows settles in a few looks; more would be a loop. */
const MOST_LOOKS = 10;

/**
 * Runs level and forecast over recorded rows, as if each stood until the next: the looks the level machine asks for
 * in between are given to it. Late rows are shown, but nothing is learnt from them. The forecaster learns.
 */
export function* replayTrace(
  rows: readonly TraceRow[],
  forecaster: Forecaster,
  thresholdsPercent: readonly number[],
): Generator<ReplayRow> {
  let state = initialSteadiness();
  let latestMs = -Infinity;
  let lateRows = 0;
  for (const [index, row] of rows.entries()) {
    lateRows = row.atMs < latestMs ? lateRows + 1 : 0;
    const isLate = lateRows > 0 && lateRows < LATE_ROWS;
    let forecast: readonly Forecast[] = [];
    if (!isLate) {
      if (lateRows > 0) state = initialSteadiness();
      latestMs = row.atMs;
      lateRows = 0;
      const nextMs = rows[index + 1]?.atMs ?? Infinity;
      let atMs = row.atMs;
      for (let look = 0; look < MOST_LOOKS; look++) {
        const step = steady(state, lookAt(row, atMs));
        state = step.state;
        if (step.dueMs === null || atMs + step.dueMs >= nextMs) break;
        atMs += Math.max(1, step.dueMs);
      }
      const onExternalPower = isFed(row.state);
      const powerW = row.watts === null ? null : row.state === 'discharging' ? -row.watts : row.watts;
      forecaster.observe({ atMs: row.atMs, percent: row.percent, state: row.state, powerW, onExternalPower });
      if (row.state === 'discharging' && row.percent !== null) {
        forecast = forecaster.forecast(row.atMs, thresholdsPercent).map(rounded);
      }
    }
    yield { at: row.at, level: state.energy.level, percent: row.percent, state: row.state, forecast };
  }
}

/** How far apart two rows of this trace may be without a sleep between them, milliseconds. */
export function traceGapMs(rows: readonly TraceRow[]): number {
  const steps = rows
    .flatMap((row, index) => {
      const before = rows[index - 1];
      const isRun = before?.state === 'discharging' && row.state === 'discharging';
      return isRun && row.atMs > before.atMs ? [row.atMs - before.atMs] : [];
    })
    .sort((a, b) => a - b);
  const median = steps[Math.floor(steps.length / 2)] ?? 0;
  return Math.min(GAP_MS.most, Math.max(GAP_MS.least, median * GAP_STEPS));
}

/** To the hundredth of a minute: more digits than that are noise. */
function rounded(one: Forecast): Forecast {
  const round = (minutes: number) => Math.round(minutes * 100) / 100;
  return {
    thresholdPercent: one.thresholdPercent,
    minutes10: round(one.minutes10),
    minutes50: round(one.minutes50),
    minutes90: round(one.minutes90),
  };
}

/** Null where the recorder did not know. */
function isFed(state: BatteryState): boolean | null {
  if (state === 'discharging' || state === 'empty') return false;
  return state === 'unknown' ? null : true;
}

function lookAt(row: TraceRow, atMs: number): SteadyInput {
  const given = { alwaysOnMains: false, judge: judgeChain, monotonicMs: atMs };
  if (row.percent === null) return { ...given, reading: null };
  const shared = {
    scope: 'system',
    source: 'system',
    counted: true,
    reason: 'recorded',
    energyWh: null,
    energyFullWh: null,
    readAt: row.at,
  } as const;
  const isDraining = row.state === 'discharging';
  const battery: PowerSupply = {
    ...shared,
    name: 'recorded battery',
    kind: 'battery',
    online: null,
    status: row.state,
    percent: row.percent,
    powerW: row.watts === null ? null : isDraining ? -row.watts : row.watts,
  };
  const mains: PowerSupply = {
    ...shared,
    name: 'recorded mains',
    kind: 'mains',
    online: isFed(row.state),
    status: null,
    percent: null,
    powerW: null,
  };
  return { ...given, reading: { supplies: [battery, mains], ups: [], readAt: row.at } };
}
