import { describe, expect, it } from 'vitest';

import { createForecaster } from '../../../../shared/energy/forecast/forecaster.ts';
import { replayTrace, traceGapMs } from '../../../../shared/energy/replay.ts';
import type { ReplayRow, TraceRow } from '../../../../shared/energy/replay.ts';

const MINUTE_MS = 60_000;

function row(minute: number, percent: number | null, state: TraceRow['state'] = 'discharging'): TraceRow {
  const atMs = Date.UTC(2026, 0, 5, 8) + minute * MINUTE_MS;
  return { at: new Date(atMs).toISOString(), atMs, percent, state, watts: 10 };
}

function replayed(rows: readonly TraceRow[], thresholds: readonly number[] = [20]): ReplayRow[] {
  return [...replayTrace(rows, createForecaster({ gapMs: traceGapMs(rows) }), thresholds)];
}

const levels = (rows: readonly TraceRow[]): string[] => replayed(rows).map((one) => one.level);

describe('replaying a trace', () => {
  it('gives every row back in its order, with its own stamp', () => {
    const rows = [row(0, 80), row(1, 79.6), row(1, 79.6), row(2, 79.2)];
    expect(replayed(rows).map(({ at, percent, state }) => ({ at, percent, state }))).toEqual(
      rows.map(({ at, percent, state }) => ({ at, percent, state })),
    );
  });

  it('goes by percent on battery and is FULL while fed', () => {
    expect(levels([row(0, 61), row(1, 60), row(2, 20), row(3, 19.99), row(4, 5), row(5, 4.99)])).toEqual([
      'HIGH',
      'MEDIUM',
      'MEDIUM',
      'LOW',
      'LOW',
      'CRITICAL',
    ]);
    expect(
      levels([row(0, 50), row(1, 50, 'charging'), row(2, 55, 'not-charging'), row(3, 100, 'full')]),
    ).toEqual(['MEDIUM', 'FULL', 'FULL', 'FULL']);
  });

  it('waits for a second look between rows closer than the level machine asks for', () => {
    const second = (n: number, percent: number): TraceRow => row(n / 60, percent);
    const rows = [second(0, 20.1), second(1, 20.1), second(2, 19.9), second(3, 19.9), second(4, 19.9)];
    expect(levels(rows)).toEqual(['MEDIUM', 'MEDIUM', 'MEDIUM', 'MEDIUM', 'LOW']);
  });

  it('forecasts from the third minute of a discharge on, and never while fed', () => {
    const fed = Array.from({ length: 5 }, (_, i) => row(i, 80 + i, 'charging'));
    const drained = Array.from({ length: 10 }, (_, i) => row(5 + i, 84 - i * 0.4));
    const counts = replayed([...fed, ...drained], [95, 60, 20]).map((one) => one.forecast.length);
    expect(counts).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2]);
  });

  it('shows a row that comes late and learns nothing from it', () => {
    const orderly = Array.from({ length: 12 }, (_, i) => row(i, 80 - i * 0.4));
    const withLate = [...orderly.slice(0, 8), row(2, 79.2), ...orderly.slice(8)];
    const late = replayed(withLate);
    expect(late).toHaveLength(13);
    expect(late[8]!.forecast).toEqual([]);
    expect(late.at(-1)).toEqual(replayed(orderly).at(-1));
  });

  it('goes on when the clock was set back for good', () => {
    const before = Array.from({ length: 10 }, (_, i) => row(i + 60, 80 - i * 0.4));
    const after = Array.from({ length: 10 }, (_, i) => row(i + 10, 76 - i * 0.4));
    expect(replayed([...before, ...after]).at(-1)!.forecast).toHaveLength(1);
  });

  it('keeps the level and the forecast through a failed read', () => {
    const rows = Array.from({ length: 10 }, (_, i) => row(i, i === 5 ? null : 80 - i * 0.4));
    const shown = replayed(rows);
    expect(shown[5]).toMatchObject({ level: 'HIGH', percent: null, forecast: [] });
    expect(shown[6]!.forecast).toHaveLength(1);
  });

  it('concludes nothing from a state that is not known', () => {
    expect(replayed([row(0, 50, 'unknown')])[0]).toMatchObject({ level: 'MEDIUM', forecast: [] });
  });
});

describe('the gap of a trace', () => {
  it.each([
    ['a second', 1 / 60, 90],
    ['a minute', 1, 600],
    ['twenty minutes', 20, 3600],
  ])('with a row every %s', (_what, stepMinutes, gapSeconds) => {
    const rows = Array.from({ length: 20 }, (_, i) => row(i * stepMinutes, 80 - i));
    expect(traceGapMs(rows)).toBeCloseTo(gapSeconds * 1000, -3);
  });

  it('of a trace without a discharge is that of live samples', () => {
    expect(traceGapMs([])).toBe(90_000);
  });
});
