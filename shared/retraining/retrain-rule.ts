import type { RetrainConfig } from '../contract/retrain-config.ts';
import {
  RANKED_LEVELS,
  type CoolingStatus,
  type EnergyLevel,
  type Freshness,
} from '../contract/vocabulary.ts';
import type { DueWindow } from './due-window.ts';

/** All that decides whether a window may be used now. Nulls are "not known". */
export interface RetrainFacts {
  readonly level: EnergyLevel;
  /** The level's own sentence. */
  readonly why: string;
  /** The charge while FULL is only on loan (D3); null when nothing expensive has to wait for it. */
  readonly reservePercent: number | null;
  readonly cooling: CoolingStatus | null;
  readonly hottestC: number | null;
  /** Of the project's scores; null where the project is not judged. */
  readonly freshness: Freshness | null;
  /** Why the project is halted; null when it is not. */
  readonly haltWhy: string | null;
  /** For how long the machine has been fed from outside, net of what it draws; null while it is not. */
  readonly netPowerForMs: number | null;
  /** The project whose retraining is under way; null when none is. */
  readonly busyWith: string | null;
}

/** Why a window waits. */
export interface RetrainWait {
  readonly code:
    'unknown-power' | 'level' | 'net-power' | 'reserve' | 'halt' | 'cooling' | 'scores' | 'turn' | 'refused';
  readonly reason: string;
  /** What it waits for, to stand after "until". */
  readonly until: string;
  /** Milliseconds from now; null where nobody can say. */
  readonly inMs: number | null;
}

type Needs = Pick<RetrainConfig, 'level' | 'coolBelowC' | 'scores'>;

/** Fed from outside and not out-drawn (D2). */
export function hasNetPower(energy: {
  readonly level: EnergyLevel;
  readonly onExternalPower: boolean | null;
}): boolean {
  return energy.level === 'FULL' && energy.onExternalPower !== false;
}

/** Whether the power is known and does not do; an unreadable sensor makes no window a missed one. */
export function isPowerShort(
  { level, reservePercent }: Pick<RetrainFacts, 'level' | 'reservePercent'>,
  needs: Pick<Needs, 'level'>,
): boolean {
  return level !== 'UNKNOWN' && (reservePercent !== null || rank(level) < rank(needs.level));
}

/** Why a window that has opened is not used yet; null when it may be. Domain 1.5, behaviour 30. */
export function retrainWait(
  { netPowerMs }: Pick<DueWindow, 'netPowerMs'>,
  needs: Needs,
  facts: RetrainFacts,
): RetrainWait | null {
  return (
    powerWait(netPowerMs, needs, facts) ??
    haltWait(facts) ??
    coolingWait(needs, facts) ??
    scoresWait(needs, facts) ??
    turnWait(facts)
  );
}

function powerWait(netPowerMs: number | null, needs: Needs, facts: RetrainFacts): RetrainWait | null {
  const { level, why, reservePercent } = facts;
  if (level === 'UNKNOWN')
    return wait('unknown-power', `the power cannot be read: ${why}`, 'it can be read again');
  if (netPowerMs !== null && (facts.netPowerForMs ?? -1) < netPowerMs) {
    const minutes = Math.round(netPowerMs / 60_000);
    return facts.netPowerForMs === null
      ? wait(
          'net-power',
          `the window was missed, and the machine is not fed from outside (${why})`,
          `it has been plugged in for ${minutes} min`,
        )
      : wait(
          'net-power',
          'the window was missed',
          `it has been plugged in for ${minutes} min`,
          netPowerMs - facts.netPowerForMs,
        );
  }
  if (rank(level) < rank(needs.level))
    return wait('level', `needs ${needs.level}, the level is ${level} (${why})`, 'it is plugged in');
  if (reservePercent !== null)
    return wait(
      'reserve',
      `plugged in at ${Math.floor(reservePercent)} %: expensive work waits`,
      'it is charged to 10 %, or for 10 minutes',
    );
  return null;
}

function haltWait({ haltWhy }: RetrainFacts): RetrainWait | null {
  return haltWhy === null ? null : wait('halt', `the project is halted: ${haltWhy}`, 'that is lifted');
}

function coolingWait({ coolBelowC }: Needs, { cooling, hottestC }: RetrainFacts): RetrainWait | null {
  if (coolBelowC !== null) {
    if (hottestC === null)
      return wait('cooling', 'no heat sensor can be read', `one says less than ${coolBelowC} °C`);
    if (hottestC >= coolBelowC)
      return wait('cooling', `the machine has ${Math.round(hottestC)} °C`, `it is below ${coolBelowC} °C`);
  }
  // A machine without a heat sensor has nothing to wait for.
  if (cooling === null || cooling === 'NORMAL') return null;
  return wait('cooling', `the machine is ${cooling}`, 'it is cooler');
}

const FRESH_ENOUGH: Readonly<Record<Needs['scores'], readonly Freshness[] | null>> = {
  fresh: ['fresh'],
  amber: ['fresh', 'amber'],
  any: null,
};

function scoresWait({ scores }: Needs, { freshness }: RetrainFacts): RetrainWait | null {
  const enough = FRESH_ENOUGH[scores];
  if (enough === null || (freshness !== null && enough.includes(freshness))) return null;
  const reason = freshness === null ? 'the project has not been judged' : `its scores are ${freshness}`;
  return wait('scores', reason, scores === 'fresh' ? 'they are fresh' : 'they are at most an hour old');
}

function turnWait({ busyWith }: RetrainFacts): RetrainWait | null {
  return busyWith === null ? null : wait('turn', `${busyWith} is being retrained`, 'that has ended');
}

function rank(level: EnergyLevel): number {
  return (RANKED_LEVELS as readonly string[]).indexOf(level);
}

function wait(
  code: RetrainWait['code'],
  reason: string,
  until: string,
  inMs: number | null = null,
): RetrainWait {
  return { code, reason, until, inMs };
}
