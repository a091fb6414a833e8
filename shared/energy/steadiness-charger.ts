import type { BatteryState } from '../contract/vocabulary.ts';

/** A charger is out-drawn when this much was lost over this long, or when the drain lasts (domain 1.1, D2). */
const LOST_PERCENT = 1;
const OBSERVED_MS = 30_000;
const DRAIN_MS = 180_000;
/** And strong enough again after so much net charge. */
const NET_CHARGE_MS = 180_000;
/**
 * A battery that rested on external power at half or more is held there by a charge limit. It may sag this far
 * under that point and be filled again without the charger being weak (behaviour 5).
 */
const LIMIT_FLOOR_PERCENT = 50;
const LIMIT_SAG_PERCENT = 5;

/** A gauge at rest wanders by about this much. */
const REST_POWER_W = 0.5;

interface Mark {
  readonly sinceMs: number;
  readonly percent: number;
}

/** What has been seen of a charger since the cord went in. */
export interface Charger {
  readonly weak: boolean;
  /** Weak although the gauge says "charging": then only charge gained clears it, not the gauge's word. */
  readonly gaugeDenies: boolean;
  /** The start of an unbroken drain, by the gauge. */
  readonly drain: Mark | null;
  /** The start of an unbroken net charge. */
  readonly gain: Mark | null;
  readonly topPercent: number;
  /** Since when the charge has been LOST_PERCENT under the top. */
  readonly lostSinceMs: number | null;
  readonly restPercent: number | null;
}

export interface ChargerReading {
  readonly percent: number;
  /** Negative drains. */
  readonly powerW: number | null;
  readonly state: BatteryState | null;
  readonly monotonicMs: number;
}

/** A charger nothing is held against. */
export function soundCharger(percent: number): Charger {
  return {
    weak: false,
    gaugeDenies: false,
    drain: null,
    gain: null,
    topPercent: percent,
    lostSinceMs: null,
    restPercent: null,
  };
}

/** One more reading with the cord in. Call it from 5 s after plugging on: the first seconds never count. */
export function judgeCharger(charger: Charger, reading: ChargerReading): Charger {
  const flow = flowOf(reading);
  const seen = observe(charger, reading, flow);
  if (charger.weak) return hasRecovered(seen, reading, flow) ? soundCharger(reading.percent) : seen;
  if (isHeldByLimit(seen, reading.percent)) return { ...seen, drain: null, lostSinceMs: null };
  if (isDraining(seen, reading)) return { ...seen, weak: true, gain: null };
  if (hasLostCharge(seen, reading)) return { ...seen, weak: true, gaugeDenies: true, gain: null };
  return seen;
}

type Flow = 'draining' | 'charging' | 'resting' | 'unclear';

function flowOf({ state, powerW }: ChargerReading): Flow {
  if (state === 'discharging' || state === 'empty') {
    return powerW !== null && powerW > -REST_POWER_W ? 'resting' : 'draining';
  }
  if (state === 'charging') return 'charging';
  if (state === 'full' || state === 'not-charging') return 'resting';
  if (powerW === null || powerW === 0) return 'unclear';
  return powerW < 0 ? 'draining' : 'charging';
}

function observe(charger: Charger, { percent, monotonicMs }: ChargerReading, flow: Flow): Charger {
  const rests = flow === 'resting' && percent >= LIMIT_FLOOR_PERCENT;
  const here = { sinceMs: monotonicMs, percent };
  const topPercent = rests ? percent : Math.max(charger.topPercent, percent);
  const fills = flow === 'charging' || flow === 'resting';
  const holds = charger.gain !== null && percent >= charger.gain.percent;
  return {
    ...charger,
    drain: flow === 'draining' ? (charger.drain ?? here) : flow === 'unclear' ? charger.drain : null,
    gain: fills ? (holds ? charger.gain : here) : flow === 'unclear' ? charger.gain : null,
    topPercent,
    lostSinceMs: topPercent - percent >= LOST_PERCENT ? (charger.lostSinceMs ?? monotonicMs) : null,
    restPercent: rests ? percent : charger.restPercent,
  };
}

function isHeldByLimit({ restPercent }: Charger, percent: number): boolean {
  return restPercent !== null && percent >= restPercent - LIMIT_SAG_PERCENT;
}

/** The gauge says so itself. */
function isDraining({ drain }: Charger, { percent, monotonicMs }: ChargerReading): boolean {
  if (drain === null) return false;
  const forMs = monotonicMs - drain.sinceMs;
  return forMs >= DRAIN_MS || (forMs >= OBSERVED_MS && drain.percent - percent >= LOST_PERCENT);
}

/** The gauge says "charging" or keeps changing its mind, while the charge falls and stays fallen. */
function hasLostCharge({ lostSinceMs }: Charger, { monotonicMs }: ChargerReading): boolean {
  return lostSinceMs !== null && monotonicMs - lostSinceMs >= OBSERVED_MS;
}

function hasRecovered(charger: Charger, { percent, monotonicMs }: ChargerReading, flow: Flow): boolean {
  if (charger.gain === null || monotonicMs - charger.gain.sinceMs < NET_CHARGE_MS) return false;
  return !charger.gaugeDenies || flow === 'resting' || percent - charger.gain.percent >= LOST_PERCENT;
}
