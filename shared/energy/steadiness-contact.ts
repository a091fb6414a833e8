import type { Feed } from './steadiness-plug.ts';

/** Plugging in and pulling out count after this long (domain 1.1, "Steadiness"). */
const HOLD_MS = 5_000;
/** A contact that held so long was meant: as long as a thin reserve needs to charge (domain 1.1, D3). */
const EARLY_MS = 600_000;
/**
 * A contact made again so soon after a pull and lost early sits loosely: losing it counts after this long. With less
 * charge than this it counts at once all the same.
 */
const SOON_MS = 120_000;
const LOOSE_OUT_MS = 60_000;
const LOOSE_OUT_FROM_PERCENT = 10;
/** Lost early for the second time within an hour, plugging in counts only when it holds so long, for another hour. */
const LOOSE_IN_MS = EARLY_MS;
const LOOSE_FOR_MS = 3_600_000;
/**
 * So many flips within so long are a flutter: some of them cannot have counted. For a minute after its last flip
 * plugging in counts only once it holds longer.
 */
const FLUTTER_FLIPS = 3;
const FLUTTER_WINDOW_MS = 10_000;
const FLUTTER_IN_MS = 30_000;
const FLUTTER_FOR_MS = 60_000;

/** What the plug has done so far, as far as it tells a loose one from a person (behaviour 13). */
export interface Contact {
  /** The newest flips between readings, at most FLUTTER_FLIPS. */
  readonly flipsAtMs: readonly number[];
  readonly flutterUntilMs: number | null;
  /** When the contact that counts was made; null while none does, and for one from before the first reading. */
  readonly madeAtMs: number | null;
  /** Whether that was soon after a pull. */
  readonly isAgain: boolean;
  /** When the last pull that counted happened, or the last flip of a plug that has not come to rest since. */
  readonly pulledAtMs: number | null;
  readonly looseUntilMs: number | null;
}

export const FIRM_CONTACT: Contact = {
  flipsAtMs: [],
  flutterUntilMs: null,
  madeAtMs: null,
  isAgain: false,
  pulledAtMs: null,
  looseUntilMs: null,
};

/** A reading says otherwise than the one before it; `isBack`: it says again what has counted all the while. */
export function flip(contact: Contact, isBack: boolean, monotonicMs: number): Contact {
  const flipsAtMs = [...contact.flipsAtMs, monotonicMs].slice(-FLUTTER_FLIPS);
  const flutters = holds(contact.flutterUntilMs, monotonicMs) || isFluttering(flipsAtMs);
  const isStillPulled = contact.pulledAtMs !== null && isRestless(contact, monotonicMs);
  return {
    ...contact,
    flipsAtMs,
    flutterUntilMs: flutters ? monotonicMs + FLUTTER_FOR_MS : null,
    // A contact that was made again and comes back once more is as young as that.
    madeAtMs: isBack && contact.isAgain ? monotonicMs : contact.madeAtMs,
    pulledAtMs: isStillPulled ? monotonicMs : contact.pulledAtMs,
    looseUntilMs: holds(contact.looseUntilMs, monotonicMs) ? monotonicMs + LOOSE_FOR_MS : null,
  };
}

/** What is seen since `sinceMs` counts from now on. */
export function settle(contact: Contact, to: Feed, sinceMs: number): Contact {
  if (to === 'ups') return contact;
  if (to === 'battery') {
    const isSecond = contact.pulledAtMs !== null && sinceMs - contact.pulledAtMs <= LOOSE_FOR_MS;
    const isLoose = isSecond && isEarly(contact, sinceMs);
    return {
      ...contact,
      madeAtMs: null,
      isAgain: false,
      pulledAtMs: sinceMs,
      looseUntilMs: isLoose ? sinceMs + LOOSE_FOR_MS : contact.looseUntilMs,
    };
  }
  const isAgain = contact.pulledAtMs !== null && sinceMs - contact.pulledAtMs <= SOON_MS;
  const hasHeld = holds(contact.looseUntilMs, sinceMs);
  return { ...contact, madeAtMs: sinceMs, isAgain, looseUntilMs: hasHeld ? null : contact.looseUntilMs };
}

/** How long a contact made at `sinceMs` must hold before it counts. */
export function inHoldMs(contact: Contact, sinceMs: number): number {
  if (holds(contact.looseUntilMs, sinceMs)) return LOOSE_IN_MS;
  return contact.flutterUntilMs === null ? HOLD_MS : FLUTTER_IN_MS;
}

/** How long a contact lost at `sinceMs` must stay away before that counts. */
export function outHoldMs(contact: Contact, sinceMs: number, percent: number | null): number {
  if (percent === null || percent < LOOSE_OUT_FROM_PERCENT) return HOLD_MS;
  return contact.isAgain && isEarly(contact, sinceMs) ? LOOSE_OUT_MS : HOLD_MS;
}

/** While a plug comes and goes, a charge parked at a border crosses it for want of nothing but contact. */
export function isRestless({ flipsAtMs }: Contact, monotonicMs: number): boolean {
  const last = flipsAtMs.at(-1);
  return last !== undefined && monotonicMs - last <= SOON_MS;
}

function isEarly({ madeAtMs }: Contact, lostAtMs: number): boolean {
  return madeAtMs !== null && lostAtMs - madeAtMs < EARLY_MS;
}

function isFluttering(flipsAtMs: readonly number[]): boolean {
  const [first] = flipsAtMs;
  const last = flipsAtMs.at(-1);
  if (first === undefined || last === undefined || flipsAtMs.length < FLUTTER_FLIPS) return false;
  return last - first < FLUTTER_WINDOW_MS;
}

function holds(untilMs: number | null, monotonicMs: number): boolean {
  return untilMs !== null && monotonicMs <= untilMs;
}
