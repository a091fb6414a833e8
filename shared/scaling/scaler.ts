import type { ScalingConfig } from '../contract/scaling-config.ts';
import type { EnergyLevel, OperatingMode } from '../contract/vocabulary.ts';
import { loadRowsInForce, target } from './target.ts';

/** All that decides how many instances there should be. Nulls are "not known". */
export interface ScalingFacts {
  readonly level: EnergyLevel;
  /** The level's own sentence. */
  readonly why: string;
  readonly operatingMode: OperatingMode | null;
  /** 0 to 100, as the project's `computation_load` or this machine's processor says it. */
  readonly loadPercent: number | null;
  /** Jobs of the project that have started and are not over, paused ones with them. */
  readonly runningJobs: number;
  /** The charge while FULL is only on loan: nothing is added meanwhile (D3). */
  readonly reservePercent: number | null;
  /** Why the project is halted; null when it is not. Nothing is added while it is. */
  readonly haltWhy: string | null;
}

/** What is remembered between two looks. Instants are on the monotonic clock, milliseconds. */
export interface ScalerMemory {
  /** Null before anything was known. */
  readonly desired: number | null;
  readonly changedAtMs: number | null;
  /** Another number that is wanted, and since when without a break. */
  readonly candidate: { readonly instances: number; readonly sinceMs: number } | null;
  readonly loadRows: number;
}

export const NO_SCALING: ScalerMemory = { desired: null, changedAtMs: null, candidate: null, loadRows: 0 };

export interface ScalerStep {
  readonly memory: ScalerMemory;
  /** Why there are so many, and what holds back another number. */
  readonly reason: string;
  readonly isChanged: boolean;
}

type Settings = Pick<ScalingConfig, 'min' | 'max' | 'targets' | 'hysteresis' | 'coolDownSeconds'>;

/**
 * One look (domain 1.5). Another number must be wanted without a break for `settleSeconds`, and `coolDownSeconds` must
 * have passed since the last change. What is not known changes nothing. Never fewer than the jobs that run: for them
 * instances are added at once, up to max, and none is taken away.
 */
export function stepScaler(
  before: ScalerMemory,
  facts: ScalingFacts,
  settings: Settings,
  nowMs: number,
): ScalerStep {
  const { hysteresis, targets } = settings;
  const loadRows = loadRowsInForce(before.loadRows, facts.loadPercent, targets.load, hysteresis.loadPercent);
  const memory: ScalerMemory = { ...before, loadRows };
  const wanted = target(settings, facts.level, facts.operatingMode, facts.loadPercent, loadRows);
  if (wanted === null) {
    const reason =
      facts.level === 'UNKNOWN'
        ? `the power cannot be read: ${facts.why}`
        : 'the project has not been judged';
    return stay({ ...memory, candidate: null }, `nothing changes: ${reason}`);
  }

  const { desired } = before;
  const floor = Math.min(facts.runningJobs, Math.max(settings.max, desired ?? 0));
  const aim = Math.max(wanted.instances, floor);
  const jobs = facts.runningJobs === 1 ? 'one job of it runs' : `${facts.runningJobs} jobs of it run`;
  const why = aim > wanted.instances ? `${wanted.text}, but ${jobs}` : wanted.text;

  if (desired === null) return change(memory, aim, why, nowMs);
  if (aim === desired) return stay({ ...memory, candidate: null }, why);
  // For a job that runs already nothing is waited for.
  if (desired < floor) return change(memory, floor, `${wanted.text}, but ${jobs}`, nowMs);
  // Other settings hold at once.
  const inside = Math.max(settings.min, floor, Math.min(settings.max, desired));
  if (inside !== desired) return change(memory, inside, why, nowMs);
  const hold = aim > desired ? growthHold(facts) : null;
  if (hold !== null) return stay({ ...memory, candidate: null }, `${why}; stays at ${desired}: ${hold}`);

  const candidate = sameWay(before.candidate, aim, desired) ?? { instances: aim, sinceMs: nowMs };
  const kept = { ...memory, candidate: { ...candidate, instances: aim } };
  const settledAtMs = candidate.sinceMs + hysteresis.settleSeconds * 1000;
  const cooledAtMs =
    before.changedAtMs === null ? nowMs : before.changedAtMs + settings.coolDownSeconds * 1000;
  const dueMs = Math.max(settledAtMs, cooledAtMs);
  if (nowMs >= dueMs) return change(memory, aim, why, nowMs);
  const seconds = Math.ceil((dueMs - nowMs) / 1000);
  const what = cooledAtMs > settledAtMs ? 'cool-down' : 'waits for it to last';
  return stay(kept, `${why}; ${desired} for ${seconds} s more (${what})`);
}

/** Why nothing may be added; null when it may. */
function growthHold({ reservePercent, haltWhy, loadPercent }: ScalingFacts): string | null {
  if (reservePercent !== null) return `plugged in at ${Math.floor(reservePercent)} %, nothing is added`;
  if (haltWhy !== null) return `the project is halted: ${haltWhy}`;
  return loadPercent === null ? 'the load is not known, nothing is added' : null;
}

/** A ramp goes on settling while it asks for more of the same; a turn begins anew. */
function sameWay(
  candidate: ScalerMemory['candidate'],
  aim: number,
  desired: number,
): ScalerMemory['candidate'] {
  return candidate !== null && Math.sign(candidate.instances - desired) === Math.sign(aim - desired)
    ? candidate
    : null;
}

function change(memory: ScalerMemory, desired: number, reason: string, nowMs: number): ScalerStep {
  return {
    memory: { ...memory, desired, changedAtMs: nowMs, candidate: null },
    reason,
    isChanged: true,
  };
}

function stay(memory: ScalerMemory, reason: string): ScalerStep {
  return { memory, reason, isChanged: false };
}
