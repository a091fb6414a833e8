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

/** What a job that may be put off waits for, whoever else runs; null when nothing of its own holds it. */
export function ownWait(
  project: string | null,
  needs: JobNeeds,
  facts: JobFacts,
  finishPercent: number,
): Wait | null {
  return powerWait(needs, facts) ?? projectWait(project, facts) ?? forecastWait(needs, facts, finishPercent);
}

function powerWait(needs: JobNeeds, facts: JobFacts): Wait | null {
  const { level, why, reservePercent, cooling } = facts;
  if (level === 'UNKNOWN') {
    return wait('unknown-power', `the power cannot be read: ${why}`, 'it can be read again');
  }
  if (RANKED_LEVELS.indexOf(level) < RANKED_LEVELS.indexOf(needs.level)) {
    const isWall = needs.level === 'FULL' || facts.onExternalPower !== true;
    return wait(
      'level',
      `needs ${needs.level}, the level is ${level} (${why})`,
      isWall ? 'it is plugged in' : `it is charged to ${needs.level}`,
    );
  }
  if (cooling === 'HOT' || cooling === 'CRITICAL') {
    return wait('cooling', `the machine is ${cooling === 'HOT' ? 'hot' : 'overheating'}`, 'it is cooler');
  }
  if (reservePercent !== null && (needs.minutes === null || needs.minutes > SHORT_MINUTES)) {
    return wait(
      'reserve',
      `plugged in at ${Math.floor(reservePercent)} %: expensive work waits`,
      'it is charged to 10 %, or for 10 minutes',
    );
  }
  return null;
}

function projectWait(project: string | null, facts: JobFacts): Wait | null {
  const { operatingMode, haltWhy } = facts.project(project);
  if (haltWhy !== null)
    return wait('halt', `${project ?? 'this machine'} is halted: ${haltWhy}`, 'that is lifted');
  if (MODE_LIMITS[operatingMode] !== 0) return null;
  return wait('mode', `${project ?? 'this machine'} is ${operatingMode} (${facts.why})`, 'that changes');
}

/** Behaviour 30: it starts only when it will most likely end above 20 %. */
function forecastWait({ minutes }: JobNeeds, facts: JobFacts, finishPercent: number): Wait | null {
  if (minutes === null || facts.onExternalPower === true) return null;
  const chance = facts.chance(minutes);
  if (chance === null) {
    return wait(
      'forecast',
      `takes ${minutesText(minutes)}, and there is no forecast yet`,
      'there is one, or it is plugged in',
    );
  }
  if (chance * 100 >= finishPercent) return null;
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
