import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { timeTicks } from '../../../../renderer/view/history-ticks.ts';

const HOUR_MS = 3_600_000;

describe('history ticks', () => {
  const zone = process.env['TZ'];
  beforeAll(() => {
    process.env['TZ'] = 'Europe/Berlin';
  });
  afterAll(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  const hoursOf = (ticks: readonly { atMs: number }[]): readonly number[] =>
    ticks.map(({ atMs }) => new Date(atMs).getHours());

  it('stand on the round hours of the person, midnight as a day', () => {
    const fromMs = Date.parse('2026-01-04T10:10:00Z');
    expect(new Date(fromMs).getHours()).toBe(11);
    const ticks = timeTicks({ fromMs, toMs: fromMs + 24 * HOUR_MS }, 900, 84);
    expect(hoursOf(ticks)).toEqual([12, 15, 18, 21, 0, 3, 6, 9]);
    expect(ticks.map(({ isDay }) => isDay)).toEqual([false, false, false, false, true, false, false, false]);
    expect(ticks.length * 84).toBeLessThanOrEqual(900);
  });

  it.each(['2026-03-28T12:00:00Z', '2026-10-24T12:00:00Z'])(
    'stay on round hours across a change of summer time (%s)',
    (from) => {
      const fromMs = Date.parse(from);
      const ticks = timeTicks({ fromMs, toMs: fromMs + 36 * HOUR_MS }, 900, 84);
      expect(hoursOf(ticks).every((hour) => hour % 6 === 0)).toBe(true);
      const instants = ticks.map(({ atMs }) => atMs);
      expect(instants).toEqual([...new Set(instants)].sort((one, other) => one - other));
    },
  );

  it('are midnights of whole days over a month, the same ones while it moves', () => {
    const fromMs = Date.parse('2026-01-04T10:10:00Z');
    const span = (byMs: number) => ({ fromMs: fromMs + byMs, toMs: fromMs + byMs + 30 * 24 * HOUR_MS });
    const ticks = timeTicks(span(0), 900, 84);
    expect(new Set(hoursOf(ticks))).toEqual(new Set([0]));
    const later = timeTicks(span(5 * HOUR_MS), 900, 84).map(({ atMs }) => atMs);
    expect(later.filter((atMs) => ticks.some((tick) => tick.atMs === atMs)).length).toBeGreaterThan(5);
  });

  it('are few where there is no room', () => {
    const fromMs = Date.parse('2026-01-04T10:10:00Z');
    expect(timeTicks({ fromMs, toMs: fromMs + 24 * HOUR_MS }, 60, 84).length).toBeLessThanOrEqual(1);
  });
});
