import { judgeCharger, soundCharger } from './steadiness-charger.ts';
import { fall, fallDueMs, fallFrom } from './steadiness-fall.ts';
import { levelOfPercent } from './level.ts';
import { isRestless } from './steadiness-contact.ts';
import { isWorse, levelUnplugged } from './steadiness-level.ts';
import { plug, plugDueMs, plugFrom } from './steadiness-plug.ts';
import { buildReserve, noReserve } from './steadiness-reserve.ts';
import { rise } from './steadiness-rise.ts';
import type { Charger } from './steadiness-charger.ts';
import type { Fall } from './steadiness-fall.ts';
import type { Feed, Plug } from './steadiness-plug.ts';
import type { Reserve } from './steadiness-reserve.ts';
import type { Rise } from './steadiness-rise.ts';
import type { ChainJudgement } from './supply-chain.ts';
import type { RankedLevel } from '../contract/vocabulary.ts';

/** The first seconds with the cord in never count against a charger (D2). */
const CHARGER_GRACE_MS = 5_000;
/** Fewer seconds than this under 5 % are one reading, not two. */
const CRITICAL_SECOND_READ_MS = 2_000;
/** As far as a charge wanders on a plug that comes and goes (behaviour 13). */
const WANDER_PERCENT = 3;

/** What has been seen since the first good reading after a start or a gap. */
export interface Course {
  readonly plug: Plug;
  readonly fall: Fall;
  readonly rise: Rise | null;
  readonly charger: Charger | null;
  readonly reserve: Reserve;
}

export interface CourseReading {
  readonly judgement: ChainJudgement;
  readonly feed: Feed;
  readonly batterySwapped: boolean;
  readonly monotonicMs: number;
}

export type CourseEvent =
  | { readonly kind: 'feed'; readonly from: Feed; readonly to: Feed }
  | { readonly kind: 'weak-charger'; readonly netPowerW: number | null }
  | { readonly kind: 'charger-recovered' };

/** Lets every part of the course see one more good reading. The first one stands at once. */
export function advance(before: Course | null, reading: CourseReading): Course {
  const { judgement, feed, monotonicMs: now } = reading;
  const { percent, netPowerW, state } = judgement;
  const nextPlug = before === null ? plugFrom(feed, now, percent) : plug(before.plug, feed, now, percent);
  const isFed = nextPlug.feed === 'line';
  const charger = isFed ? chargerNow(before?.charger ?? null, nextPlug, reading) : null;
  const isWeak = charger?.weak === true;

  const told = levelUnplugged(judgement);
  const fresh = freshFall(before, reading, told);
  let nextFall = fresh ?? before?.fall ?? fallFrom('HIGH');
  const seen = isRestless(nextPlug.contact, now) ? pastBorder(told, nextFall.level, reading) : told;
  if (fresh === null && seen !== null) nextFall = fall(nextFall, seen, now);

  let nextRise: Rise | null = null;
  if (isWeak && percent !== null && state !== 'discharging') {
    const risen = rise(before?.rise ?? null, nextFall.level, percent, now);
    nextRise = risen.rise;
    if (risen.level !== nextFall.level) nextFall = fallFrom(risen.level);
  }
  const charging = state === 'charging' || (state !== 'discharging' && (netPowerW ?? 0) > 0);
  const reserve = isFed
    ? buildReserve(before?.reserve ?? noReserve(now), { percent, charging, monotonicMs: now })
    : noReserve(now);
  return { plug: nextPlug, fall: nextFall, rise: nextRise, charger, reserve };
}

/**
 * Where a fall starts while nothing holds the level back: at the first reading, and for as long as the machine was
 * fed (then the level shown is FULL and this one only waits for the cord to be pulled). Null when the ratchet
 * applies. A single reading under 5 % is LOW until the second; a UPS had its second reading by its own patience.
 */
function freshFall(
  before: Course | null,
  { batterySwapped, feed, monotonicMs }: CourseReading,
  seen: RankedLevel | null,
): Fall | null {
  if (seen === null) return null;
  if (before === null || batterySwapped) return fallFrom(seen);
  if (before.plug.feed !== 'line' || before.charger?.weak === true) return null;
  if (seen !== 'CRITICAL' || feed === 'ups') return fallFrom(seen);
  const criticalSinceMs = before.fall.criticalSinceMs ?? monotonicMs;
  const isSecond = monotonicMs - criticalSinceMs >= CRITICAL_SECOND_READ_MS;
  return fallFrom(isSecond ? 'CRITICAL' : 'LOW', criticalSinceMs);
}

/**
 * What a reading tells while the plug comes and goes: a level lower only from 3 points past its border on, as far as a
 * charge wanders that is fed now and then. CRITICAL is told at once, and so is what a UPS tells.
 */
function pastBorder(
  told: RankedLevel | null,
  stands: RankedLevel,
  { judgement: { percent }, feed }: CourseReading,
): RankedLevel | null {
  if (told === null || told === 'CRITICAL' || percent === null || feed === 'ups') return told;
  const wandered = levelOfPercent(percent + WANDER_PERCENT);
  return isWorse(told, stands) && !isWorse(wandered, stands) ? stands : told;
}

function chargerNow(before: Charger | null, nextPlug: Plug, reading: CourseReading): Charger | null {
  const { monotonicMs } = reading;
  const { percent, netPowerW, state, batteryPresent } = reading.judgement;
  if (!batteryPresent) return null;
  const inForMs = monotonicMs - nextPlug.seenSinceMs;
  // What was seen of a charger before its contact broke is no part of the next one.
  if (nextPlug.seen !== 'line') return before?.weak === true ? before : null;
  if (percent === null || inForMs < CHARGER_GRACE_MS) return before;
  return judgeCharger(before ?? soundCharger(percent), { percent, powerW: netPowerW, state, monotonicMs });
}

/** What changed between two readings; nothing at the first. */
export function courseEvents(
  before: Course | null,
  after: Course,
  netPowerW: number | null,
): readonly CourseEvent[] {
  if (before === null) return [];
  const events: CourseEvent[] = [];
  if (before.plug.feed !== after.plug.feed) {
    events.push({ kind: 'feed', from: before.plug.feed, to: after.plug.feed });
  }
  const wasWeak = before.charger?.weak === true;
  const isWeak = after.charger?.weak === true;
  if (isWeak && !wasWeak) events.push({ kind: 'weak-charger', netPowerW });
  if (wasWeak && !isWeak && after.plug.feed === 'line') events.push({ kind: 'charger-recovered' });
  return events;
}

/** Milliseconds until another look would settle what is on its way; null when nothing is. */
export function courseDueMs(course: Course, monotonicMs: number): number | null {
  const plugMs = plugDueMs(course.plug, monotonicMs);
  const showsCharge = course.plug.feed !== 'line' || course.charger?.weak === true;
  const fallMs = showsCharge ? fallDueMs(course.fall, monotonicMs) : null;
  if (plugMs === null || fallMs === null) return plugMs ?? fallMs;
  return Math.min(plugMs, fallMs);
}
