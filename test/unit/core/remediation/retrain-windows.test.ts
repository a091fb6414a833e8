import { describe, expect, it } from 'vitest';

import { createRetrainWindows } from '../../../../core/remediation/retrain-windows.ts';

const BERLIN = 'Europe/Berlin';

/** Every window that opens in a span, looked at every `stepSeconds` as the ticks do. */
function opened(schedule: string, from: string, to: string, stepSeconds = 30): string[] {
  const windows = createRetrainWindows(schedule, BERLIN);
  const seen = new Set<number>();
  const fromMs = Date.parse(from);
  for (let nowMs = fromMs; nowMs <= Date.parse(to); nowMs += stepSeconds * 1000) {
    const latest = windows.latest(nowMs);
    if (latest !== null && latest > fromMs) seen.add(latest);
  }
  return [...seen].map((ms) => new Date(ms).toISOString());
}

describe('windows by local time', () => {
  it('open once where the clocks go forward over them', () => {
    expect(opened('30 2 * * *', '2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z')).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
  });
  it('open once where the clocks go back over them', () => {
    expect(opened('30 2 * * *', '2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z')).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });
  it('keep their local hour on both sides', () => {
    expect(opened('0 4 * * *', '2026-03-28T00:00:00Z', '2026-03-30T12:00:00Z')).toEqual([
      '2026-03-28T03:00:00.000Z',
      '2026-03-29T02:00:00.000Z',
      '2026-03-30T02:00:00.000Z',
    ]);
  });
  it('open in every hour that there is, where they open every hour', () => {
    expect(opened('0 * * * *', '2026-10-24T23:30:00Z', '2026-10-25T02:10:00Z')).toHaveLength(3);
    expect(opened('0 * * * *', '2026-03-28T23:30:00Z', '2026-03-29T02:10:00Z')).toHaveLength(3);
  });
  it('have opened at the very second', () => {
    const windows = createRetrainWindows('0 3 * * *', BERLIN);
    const windowMs = Date.parse('2026-06-01T01:00:00Z');
    expect(windows.latest(windowMs - 1)).toBe(windowMs - 86_400_000);
    expect(windows.next(windowMs - 1)).toBe(windowMs);
    expect(windows.latest(windowMs)).toBe(windowMs);
    expect(windows.next(windowMs)).toBe(windowMs + 86_400_000);
  });
  it('are found again after the clock was set, either way', () => {
    const windows = createRetrainWindows('0 3 * * *', BERLIN);
    const atMs = Date.parse('2026-06-01T12:00:00Z');
    const day = (ms: number): string => new Date(windows.latest(ms) ?? 0).toISOString().slice(0, 10);
    expect([day(atMs), day(atMs + 40 * 86_400_000), day(atMs - 86_400_000)]).toEqual([
      '2026-06-01',
      '2026-07-11',
      '2026-05-31',
    ]);
  });
  it('may never open', () => {
    const windows = createRetrainWindows('0 3 30 2 *', BERLIN);
    const nowMs = Date.parse('2026-06-01T12:00:00Z');
    expect([windows.latest(nowMs), windows.next(nowMs)]).toEqual([null, null]);
  });
});
