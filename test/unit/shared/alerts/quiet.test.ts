import { describe, expect, it } from 'vitest';

import { holdsUntil, isInHours, tomorrowMs } from '../../../../shared/alerts/quiet.ts';

const NIGHT = { from: '22:00', to: '08:00' };
const HOUR_MS = 3_600_000;

/** Minutes east of UTC in a place, by the rules of the machine's own time zones. */
const offsetOf =
  (timeZone: string) =>
  (wallMs: number): number => {
    const parts = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    }).formatToParts(wallMs);
    const value = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
    const localMs = Date.UTC(
      value('year'),
      value('month') - 1,
      value('day'),
      value('hour'),
      value('minute'),
      value('second'),
    );
    return Math.round((localMs - wallMs) / 60_000);
  };
const BERLIN = offsetOf('Europe/Berlin');
const at = (iso: string): number => Date.parse(iso);

describe('quiet hours', () => {
  it.each([
    ['2026-01-05T20:59:00Z', false],
    ['2026-01-05T21:00:00Z', true],
    ['2026-01-06T06:59:00Z', true],
    ['2026-01-06T07:00:00Z', false],
    ['2026-07-05T19:59:00Z', false],
    ['2026-07-05T20:00:00Z', true],
    ['2026-07-06T06:00:00Z', false],
  ])('are local, in winter and summer: %s is %s', (iso, expected) => {
    expect(isInHours(at(iso), NIGHT, BERLIN)).toBe(expected);
  });

  it.each([
    // Clocks go forward on 29 March and back on 25 October: the night is an hour shorter, or longer.
    ['2026-03-28T21:00:00Z', '2026-03-29T06:00:00Z', 9],
    ['2026-10-24T20:00:00Z', '2026-10-25T07:00:00Z', 11],
    ['2026-01-05T21:00:00Z', '2026-01-06T07:00:00Z', 10],
  ])('stay local over a change of clocks: from %s to %s', (from, to, hours) => {
    expect((at(to) - at(from)) / HOUR_MS).toBe(hours);
    for (let ms = at(from); ms < at(to); ms += 60_000) expect(isInHours(ms, NIGHT, BERLIN)).toBe(true);
    expect(isInHours(at(from) - 60_000, NIGHT, BERLIN)).toBe(false);
    expect(isInHours(at(to), NIGHT, BERLIN)).toBe(false);
  });

  it('may lie within a day, and equal ends are no hours', () => {
    const lunch = { from: '12:00', to: '13:00' };
    expect(isInHours(at('2026-01-05T11:30:00Z'), lunch, BERLIN)).toBe(true);
    expect(isInHours(at('2026-01-05T12:00:00Z'), lunch, BERLIN)).toBe(false);
    expect(isInHours(at('2026-01-05T12:00:00Z'), { from: '13:00', to: '13:00' }, BERLIN)).toBe(false);
  });
});

describe('until tomorrow', () => {
  it.each([
    ['an evening', '2026-01-05T20:00:00Z', '2026-01-06T07:00:00Z'],
    ['a morning', '2026-01-05T08:00:00Z', '2026-01-06T07:00:00Z'],
    ['two at night', '2026-01-06T01:00:00Z', '2026-01-06T07:00:00Z'],
    ['an early riser', '2026-01-06T05:30:00Z', '2026-01-07T07:00:00Z'],
    ['the night clocks go forward', '2026-03-28T22:00:00Z', '2026-03-29T06:00:00Z'],
    ['the night clocks go back', '2026-10-24T21:00:00Z', '2026-10-25T07:00:00Z'],
  ])('%s', (_who, now, end) => {
    expect(new Date(tomorrowMs(at(now), NIGHT, BERLIN)).toISOString()).toBe(new Date(end).toISOString());
  });

  it('really ends, also when the clock was set back', () => {
    const now = at('2026-01-05T20:00:00Z');
    const until = tomorrowMs(now, NIGHT, BERLIN);
    expect(holdsUntil(until, until - 1)).toBe(true);
    expect(holdsUntil(until, until)).toBe(false);
    expect(holdsUntil(until, now - 30 * 24 * HOUR_MS)).toBe(false);
    expect(holdsUntil(null, now)).toBe(false);
  });

  it('is 08:00 without quiet hours, wherever that is', () => {
    const kolkata = offsetOf('Asia/Kolkata');
    expect(new Date(tomorrowMs(at('2026-01-05T12:00:00Z'), null, kolkata)).toISOString()).toBe(
      '2026-01-06T02:30:00.000Z',
    );
  });
});
