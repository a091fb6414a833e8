import type { EnergyLevel, OperatingMode } from '../contract/vocabulary.ts';
import { LEVEL_ACTIONS } from '../policy/rules/levels.ts';
import type { JobFacts, Wait } from './facts.ts';

/** What running work has to do: go on, pause after a checkpoint, or stand at once. */
export type Pace = 'go' | 'pause' | 'freeze';

/**
 * What a level and a project's mode ask of work that runs (domain 1.3 and 1.5). While the power cannot be read
 * running work goes on. A mode alone can say more than the level where a project runs on the grid's energy.
 */
export function paceOf(level: EnergyLevel, mode: OperatingMode): Pace {
  if (level === 'UNKNOWN') return 'go';
  const byLevel = LEVEL_ACTIONS[level].runningExperiments;
  if (byLevel === 'frozen' || mode === 'FROZEN') return 'freeze';
  return byLevel === 'paused' || mode === 'DISABLED' || mode === 'ONLY_FIXES' ? 'pause' : 'go';
}

/** What is remembered of one running job between two looks. Instants are on the monotonic clock. */
export interface JobPace {
  readonly state: 'running' | 'checkpointing' | 'paused';
  /** When the checkpoint signal was sent; null but while checkpointing. */
  readonly signalledAtMs: number | null;
  /** A person lets it run at LOW, until things are better. Not at CRITICAL. */
  readonly isInsisted: boolean;
  readonly isHeld: boolean;
  /** Since when the level would let it go on; null while it does not. */
  readonly betterSinceMs: number | null;
}

export interface PaceLimits {
  readonly checkpointMs: number;
  readonly resumeMs: number;
}

export interface PaceStep {
  readonly next: JobPace;
  readonly act: 'checkpoint' | 'stop' | 'continue' | null;
  /** When to look again, monotonic; null when nothing is due by time alone. */
  readonly dueMs: number | null;
}

/**
 * One look at a job that has started.
 *
 * LOW: the checkpoint signal at once, the pause `checkpointMs` later unless it is better by then. CRITICAL: the pause
 * at once. It goes on after `resumeMs` at MEDIUM or better, at once on external power, and then only when there is
 * room (`hasRoom`).
 */
export function stepPace(
  pace: JobPace,
  facts: Pick<JobFacts, 'level' | 'onExternalPower' | 'reservePercent'>,
  asked: Pace,
  limits: PaceLimits,
  nowMs: number,
  hasRoom: boolean,
): PaceStep {
  const isKnown = facts.level !== 'UNKNOWN';
  const isBetter = isKnown && asked === 'go' && facts.reservePercent === null;
  const betterSinceMs = isBetter ? (pace.betterSinceMs ?? nowMs) : isKnown ? null : pace.betterSinceMs;
  const isInsisted = pace.isInsisted && !isBetter && asked !== 'freeze';
  const kept: JobPace = { ...pace, betterSinceMs, isInsisted };
  const wanted: Pace = pace.isHeld ? 'freeze' : asked === 'pause' && isInsisted ? 'go' : asked;

  switch (pace.state) {
    case 'paused':
      return stepPaused(kept, facts, wanted, limits, nowMs, hasRoom);
    case 'checkpointing': {
      if (wanted === 'freeze') return stop(kept);
      if (wanted === 'go') return stay({ ...kept, state: 'running', signalledAtMs: null });
      const dueMs = (pace.signalledAtMs ?? nowMs) + limits.checkpointMs;
      return nowMs >= dueMs ? stop(kept) : { next: kept, act: null, dueMs };
    }
    case 'running': {
      if (wanted === 'freeze') return stop(kept);
      if (wanted === 'go') return stay(kept);
      return {
        next: { ...kept, state: 'checkpointing', signalledAtMs: nowMs },
        act: 'checkpoint',
        dueMs: nowMs + limits.checkpointMs,
      };
    }
  }
}

function stepPaused(
  pace: JobPace,
  { level, onExternalPower, reservePercent }: Pick<JobFacts, 'level' | 'onExternalPower' | 'reservePercent'>,
  wanted: Pace,
  { resumeMs }: PaceLimits,
  nowMs: number,
  hasRoom: boolean,
): PaceStep {
  const goOn: PaceStep = {
    next: { ...pace, state: 'running', signalledAtMs: null },
    act: 'continue',
    dueMs: null,
  };
  if (wanted !== 'go') return stay(pace);
  if (pace.isInsisted) return goOn;
  if (level === 'UNKNOWN' || reservePercent !== null || pace.betterSinceMs === null || !hasRoom)
    return stay(pace);
  const isFed = onExternalPower === true && level === 'FULL';
  const dueMs = pace.betterSinceMs + resumeMs;
  return isFed || nowMs >= dueMs ? goOn : { next: pace, act: null, dueMs };
}

/** Why a job that has started does not run, or will not for long; null while it simply runs. */
export function paceWait(
  pace: JobPace,
  facts: JobFacts,
  asked: Pace,
  limits: PaceLimits,
  nowMs: number,
  wallMs: number,
): Wait | null {
  const said = (code: Wait['code'], reason: string, until: string, dueMs: number | null): Wait => ({
    code,
    reason,
    until,
    untilMs: dueMs === null ? null : wallMs + Math.max(0, dueMs - nowMs),
  });
  const { level, why } = facts;
  if (pace.state === 'running') return null;
  if (pace.state === 'checkpointing') {
    const dueMs = (pace.signalledAtMs ?? nowMs) + limits.checkpointMs;
    return said('level', `saves its work, ${level} (${why})`, 'it is paused', dueMs);
  }
  if (pace.isHeld) return said('held', 'paused by hand', 'it is let go on by hand', null);
  if (level === 'UNKNOWN')
    return said('unknown-power', `paused; the power cannot be read: ${why}`, 'it can be read again', null);
  if (asked !== 'go') {
    const until = level === 'LOW' ? 'it is plugged in, or MEDIUM for a while' : 'it is plugged in';
    return said('level', `paused, ${level} (${why})`, until, null);
  }
  if (facts.reservePercent !== null) {
    const percent = Math.floor(facts.reservePercent);
    return said(
      'reserve',
      `paused, plugged in at ${percent} %`,
      'it is charged to 10 %, or for 10 minutes',
      null,
    );
  }
  const dueMs = pace.betterSinceMs === null ? null : pace.betterSinceMs + limits.resumeMs;
  return dueMs !== null && dueMs > nowMs
    ? said('settle', `paused, ${level} again`, 'that has lasted', dueMs)
    : said('turn', `paused, one at a time at ${level}`, 'the one that runs ends', null);
}

function stop(pace: JobPace): PaceStep {
  return { next: { ...pace, state: 'paused', signalledAtMs: null }, act: 'stop', dueMs: null };
}

function stay(pace: JobPace): PaceStep {
  return { next: pace, act: null, dueMs: null };
}
