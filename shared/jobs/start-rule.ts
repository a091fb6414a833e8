import type { JobNeeds } from '../contract/job.ts';
import { RANKED_LEVELS, type EnergyLevel, type OperatingMode } from '../contract/vocabulary.ts';
import { LEVEL_ACTIONS } from '../policy/rules/levels.ts';
import type { JobFacts, Wait } from './facts.ts';

/** Jobs of one project at once, by its operating mode; null is no limit. */
export const MODE_LIMITS: Readonly<Record<OperatingMode, number | null>> = {
  FULL_SPEED: null,
  EFFICIENT: null,
  NORMAL: 1,
  ONLY_FIXES: 0,
  DEGRADED: 0,
  DISABLED: 0,
  FROZEN: 0,
};

/** D3: what takes at most so long does not wait for the reserve. */
const SHORT_MINUTES = 10;
const SAFE_PERCENT = 20;

/** Whether a job runs at low priority: by level, and always where the project is EFFICIENT. */
export function isNiced(level: EnergyLevel, mode: OperatingMode): boolean {
  return mode === 'EFFICIENT' || LEVEL_ACTIONS[level].niced;
}

type OwnHold = 'unknown-power' | 'level' | 'cooling' | 'reserve' | 'halt' | 'mode' | 'forecast';

/**
 * What holds a job that may be put off, whoever else runs; null when nothing of its own does. Without words: it is
 * asked of those in line on every tick, and hardly ever answered differently.
 */
export function ownHold(
  project: string | null,
  needs: JobNeeds,
  facts: JobFacts,
  finishPercent: number,
): OwnHold | null {
  const { level, reservePercent, cooling } = facts;
  if (level === 'UNKNOWN') return 'unknown-power';
  if (RANKED_LEVELS.indexOf(level) < RANKED_LEVELS.indexOf(needs.level)) return 'level';
  if (cooling === 'HOT' || cooling === 'CRITICAL') return 'cooling';
  if (reservePercent !== null && (needs.minutes === null || needs.minutes > SHORT_MINUTES)) return 'reserve';
  const { operatingMode, haltWhy } = facts.project(project);
  if (haltWhy !== null) return 'halt';
  if (MODE_LIMITS[operatingMode] === 0) return 'mode';
  // Behaviour 30: it starts only when it will most likely end above 20 %.
  if (needs.minutes === null || facts.onExternalPower === true) return null;
  const chance = facts.chance(needs.minutes);
  return chance !== null && chance * 100 >= finishPercent ? null : 'forecast';
}

/** The same in words. */
export function ownWait(
  project: string | null,
  needs: JobNeeds,
  facts: JobFacts,
  finishPercent: number,
): Wait | null {
  const hold = ownHold(project, needs, facts, finishPercent);
  if (hold === null) return null;
  const { level, why, reservePercent, cooling } = facts;
  const name = project ?? 'this machine';
  switch (hold) {
    case 'unknown-power':
      return wait(hold, `the power cannot be read: ${why}`, 'it can be read again');
    case 'level': {
      const isWall = needs.level === 'FULL' || facts.onExternalPower !== true;
      const until = isWall ? 'it is plugged in' : `it is charged to ${needs.level}`;
      return wait(hold, `needs ${needs.level}, the level is ${level} (${why})`, until);
    }
    case 'cooling':
      return wait(hold, `the machine is ${cooling === 'HOT' ? 'hot' : 'overheating'}`, 'it is cooler');
    case 'reserve':
      return wait(
        hold,
        `plugged in at ${Math.floor(reservePercent ?? 0)} %: expensive work waits`,
        'it is charged to 10 %, or for 10 minutes',
      );
    case 'halt':
      return wait(hold, `${name} is halted: ${facts.project(project).haltWhy ?? ''}`, 'that is lifted');
    case 'mode':
      return wait(hold, `${name} is ${facts.project(project).operatingMode} (${why})`, 'that changes');
    case 'forecast':
      return forecastWait(needs.minutes ?? 0, facts, finishPercent);
  }
}

function forecastWait(minutes: number, facts: JobFacts, finishPercent: number): Wait {
  const chance = facts.chance(minutes);
  if (chance === null) {
    return wait(
      'forecast',
      `takes ${minutesText(minutes)}, and there is no forecast yet`,
      'there is one, or it is plugged in',
    );
  }
  const percent = Math.floor(chance * 100);
  return wait(
    'forecast',
    `takes ${minutesText(minutes)} and would end above ${SAFE_PERCENT} % with ${percent} % chance, ${finishPercent} % are needed`,
    'less is drawn, or it is plugged in',
  );
}

/** How many run now. */
export interface Running {
  /** On the whole machine. */
  readonly inAll: number;
  readonly ofProject: (id: string | null) => number;
}

/** Whether there is room for one more job of a project: the level limits the machine, its mode the project. */
export function hasRoom(project: string | null, facts: JobFacts, running: Running): boolean {
  const ofLevel = LEVEL_ACTIONS[facts.level].experimentsAtOnce;
  const ofMode = MODE_LIMITS[facts.project(project).operatingMode];
  return (
    (ofLevel === null || running.inAll < ofLevel) && (ofMode === null || running.ofProject(project) < ofMode)
  );
}

/** The wait of a job that may start by itself and has no room. */
export function turnWait(level: EnergyLevel, aheadCount: number, untilMs: number | null): Wait {
  return {
    code: 'turn',
    reason:
      aheadCount === 0
        ? `one at a time at ${level}: another runs`
        : `one at a time at ${level}: ${counted(aheadCount)}`,
    until: aheadCount === 0 ? 'that ends' : 'those are done',
    untilMs: aheadCount === 0 ? untilMs : null,
  };
}

export function heldWait(): Wait {
  return wait('held', 'held back by hand', 'it is let go on by hand');
}

function counted(aheadCount: number): string {
  return aheadCount === 1 ? 'one other is ahead' : `${aheadCount} others are ahead`;
}

function minutesText(minutes: number): string {
  const whole = Math.round(minutes);
  return minutes < 1 ? 'under a minute' : `${whole} min`;
}

function wait(code: Wait['code'], reason: string, until: string): Wait {
  return { code, reason, until, untilMs: null };
}
