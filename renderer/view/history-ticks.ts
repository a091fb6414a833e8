import type { TimeSpan } from './history-span.ts';
import { lengthMs } from './history-span.ts';

export interface TimeTick {
  readonly atMs: number;
  /** "14:20", or the day where one begins. */
  readonly label: string;
  /** A day begins here. */
  readonly isDay: boolean;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Steps within a day, minutes; each divides it. */
const MINUTE_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720];
const DAY_STEPS = [1, 2, 3, 5, 7, 14, 28];

/**
 * Where the time axis is marked, on the person's own round hours and midnights (also across a change of summer
 * time), at most one tick every `roomPx`.
 */
export function timeTicks(span: TimeSpan, widthPx: number, roomPx: number): readonly TimeTick[] {
  const most = Math.max(1, Math.floor(widthPx / roomPx));
  const leastMs = lengthMs(span) / most;
  const minutes = MINUTE_STEPS.find((step) => step * MINUTE_MS >= leastMs);
  return minutes === undefined
    ? dayTicks(span, DAY_STEPS.find((step) => step * DAY_MS >= leastMs) ?? 28)
    : minuteTicks(span, minutes);
}

function minuteTicks(span: TimeSpan, stepMinutes: number): readonly TimeTick[] {
  const ticks: TimeTick[] = [];
  for (let day = dayStart(span.fromMs); day.getTime() < span.toMs; day = nextDay(day, 1)) {
    for (let minute = 0; minute < 24 * 60; minute += stepMinutes) {
      const at = new Date(day.getFullYear(), day.getMonth(), day.getDate(), 0, minute);
      const atMs = at.getTime();
      // An hour that summer time leaves out comes twice under another name.
      if (at.getHours() * 60 + at.getMinutes() !== minute) continue;
      if (atMs >= span.fromMs && atMs <= span.toMs) {
        ticks.push({ atMs, label: minute === 0 ? dayText(at) : timeText(at), isDay: minute === 0 });
      }
    }
  }
  return ticks;
}

function dayTicks(span: TimeSpan, stepDays: number): readonly TimeTick[] {
  const ticks: TimeTick[] = [];
  for (let day = dayStart(span.fromMs); day.getTime() <= span.toMs; day = nextDay(day, 1)) {
    const number = Math.round(Date.UTC(day.getFullYear(), day.getMonth(), day.getDate()) / DAY_MS);
    if (day.getTime() < span.fromMs || number % stepDays !== 0) continue;
    ticks.push({ atMs: day.getTime(), label: dayText(day), isDay: true });
  }
  return ticks;
}

function dayStart(atMs: number): Date {
  const at = new Date(atMs);
  return new Date(at.getFullYear(), at.getMonth(), at.getDate());
}

function nextDay(day: Date, days: number): Date {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days);
}

// Making a format costs far more than using one, and an axis is drawn sixty times a second.
const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const MOMENT = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

function timeText(at: Date): string {
  return TIME.format(at);
}

function dayText(at: Date): string {
  return DAY.format(at);
}

/** "Mon 5 Jan, 14:20" where the person is. */
export function momentText(atMs: number): string {
  return MOMENT.format(atMs);
}

/** "5 Jan, 14:20 to 15:20", with both days where they differ. */
export function spanText(span: TimeSpan): string {
  return MOMENT.formatRange(span.fromMs, span.toMs);
}
