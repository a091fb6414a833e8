/** Minutes east of UTC at a wall-clock instant: the machine's own rule, daylight saving included. */
export type LocalOffset = (wallMs: number) => number;

export interface LocalHours {
  /** "22:00" */
  readonly from: string;
  readonly to: string;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A person cannot be quiet for longer: a clock that was set back must not make it for ever. */
const LONGEST_MS = 7 * DAY_MS;
/** Nobody who says "until tomorrow" means a morning that is nearer. */
const LEAST_NIGHT_MS = 4 * 60 * MINUTE_MS;
const MORNING = '08:00';

/** Whether an instant lies in local hours, which may cross midnight. Equal ends are no hours at all. */
export function isInHours(wallMs: number, hours: LocalHours, offset: LocalOffset): boolean {
  const [now, from, to] = [minuteOfDay(wallMs, offset), minuteOf(hours.from), minuteOf(hours.to)];
  return from <= to ? now >= from && now < to : now >= from || now < to;
}

/** Whether the person's word still holds. */
export function holdsUntil(untilMs: number | null, wallMs: number): boolean {
  return untilMs !== null && wallMs < untilMs && untilMs - wallMs <= LONGEST_MS;
}

/** The last instant a person may name. */
export function latestMs(wallMs: number): number {
  return wallMs + LONGEST_MS;
}

/** The end of the coming night: when the quiet hours end, or 08:00 without any. */
export function tomorrowMs(wallMs: number, hours: LocalHours | null, offset: LocalOffset): number {
  return nextLocalMs(minuteOf(hours?.to ?? MORNING), wallMs + LEAST_NIGHT_MS, offset);
}

/** The next instant after `afterMs` whose local time of day it is. */
function nextLocalMs(minute: number, afterMs: number, offset: LocalOffset): number {
  const localMs = afterMs + offset(afterMs) * MINUTE_MS;
  const midnightMs = Math.floor(localMs / DAY_MS) * DAY_MS;
  for (let day = 0; ; day += 1) {
    const wantedMs = midnightMs + day * DAY_MS + minute * MINUTE_MS;
    // Twice, because the offset itself may change between now and then.
    const nearMs = wantedMs - offset(wantedMs - offset(afterMs) * MINUTE_MS) * MINUTE_MS;
    const atMs = wantedMs - offset(nearMs) * MINUTE_MS;
    if (atMs > afterMs || day > 2) return atMs;
  }
}

function minuteOfDay(wallMs: number, offset: LocalOffset): number {
  const localMs = wallMs + offset(wallMs) * MINUTE_MS;
  return Math.floor((((localMs % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS);
}

function minuteOf(text: string): number {
  const [hours, minutes] = text.split(':');
  return Number(hours) * 60 + Number(minutes);
}
