/** One stretch of time and what came in: how many requests, and how many of them failed. */
export interface EventWindow {
  readonly events: number;
  readonly errors: number;
}

export const BURN_WINDOWS = ['5m', '30m', '1h', '6h', '3d'] as const;
export type BurnWindow = (typeof BURN_WINDOWS)[number];

/** A window that is absent was not measured; that is its own state, never zero errors. */
export type ErrorWindows = Readonly<Partial<Record<BurnWindow, EventWindow>>>;

/**
 * Two windows that must both burn (domain 1.5; multiwindow, multi-burn-rate alerts of Google's SRE workbook,
 * chapter 5). The short one ends the alarm soon after the errors do.
 */
export interface BurnPair {
  readonly long: BurnWindow;
  readonly short: BurnWindow;
  /** How many times faster than the budget allows. */
  readonly rate: number;
  /** `rollback`: what the automation acts on. `ticket`: a slow leak, for a person. */
  readonly asks: 'rollback' | 'ticket';
}

export const BURN_PAIRS: readonly BurnPair[] = [
  { long: '1h', short: '5m', rate: 14.4, asks: 'rollback' },
  { long: '6h', short: '30m', rate: 6, asks: 'rollback' },
  { long: '3d', short: '6h', rate: 1, asks: 'ticket' },
];

/** Behaviour 29: fewer events in the long window say nothing. */
export const LEAST_EVENTS = 20;

/** 1.44 % of 0.1 % is 14.4 to a person, and a hair less to a computer. */
const ROUNDING = 1e-9;

export type BurnState = 'burning' | 'calm' | 'too-few-events' | 'absent';

export interface BurnJudgement {
  readonly pair: BurnPair;
  readonly state: BurnState;
  /** Null where a window is absent or empty. */
  readonly longRate: number | null;
  readonly shortRate: number | null;
}

export interface ErrorBudget {
  readonly pairs: readonly BurnJudgement[];
  /** True when a pair that asks for it burns. */
  readonly asksRollback: boolean;
  /** Share of three days' budget that is left, 0..100; null without enough events. */
  readonly leftPercent: number | null;
}

/**
 * How fast the error budget goes. `objectivePercent` is the share of requests that must succeed, 50 to 99.999:
 * at 99.9 the budget is 0.1 %, and a burn rate of 14.4 is 1.44 % of requests failing.
 */
export function errorBudget(windows: ErrorWindows, objectivePercent: number): ErrorBudget {
  const pairs = BURN_PAIRS.map((pair) => judgePair(pair, windows, objectivePercent));
  const days = burnRate(windows['3d'] ?? null, objectivePercent);
  return {
    pairs,
    asksRollback: pairs.some(({ pair, state }) => pair.asks === 'rollback' && state === 'burning'),
    leftPercent: days === null ? null : Math.max(0, 100 * (1 - days)),
  };
}

/** How many times faster than allowed; null without a window or with fewer than 20 events in it. */
export function burnRate(window: EventWindow | null, objectivePercent: number): number | null {
  if (window === null || window.events < LEAST_EVENTS) return null;
  return rateOf(window, objectivePercent);
}

function judgePair(pair: BurnPair, windows: ErrorWindows, objectivePercent: number): BurnJudgement {
  const long = windows[pair.long];
  const short = windows[pair.short];
  if (long === undefined || short === undefined)
    return { pair, state: 'absent', longRate: null, shortRate: null };
  const longRate = rateOf(long, objectivePercent);
  const shortRate = rateOf(short, objectivePercent);
  const burns = (rate: number | null): boolean => rate !== null && rate >= pair.rate * (1 - ROUNDING);
  const isBurning = burns(longRate) && burns(shortRate);
  const state = long.events < LEAST_EVENTS ? 'too-few-events' : isBurning ? 'burning' : 'calm';
  return { pair, state, longRate, shortRate };
}

function rateOf({ events, errors }: EventWindow, objectivePercent: number): number | null {
  if (!(events > 0)) return null;
  const allowed = 1 - objectivePercent / 100;
  // Two counters are never read at the same instant: more errors than events is all of them.
  return Math.min(1, Math.max(0, errors / events)) / allowed;
}
