import type { ActionState, RollbackMode } from '../contract/vocabulary.ts';
import type { Trigger } from './trigger.ts';

/** Domain 1.5: so many rollbacks in 24 hours; the one that would be the last of them asks instead. */
export const MOST_ROLLBACKS = 3;
export const ROLLBACK_DAY_MS = 24 * 3_600_000;

/** An earlier rollback of the same project. Instants are wall clock, milliseconds since 1970. */
export interface PastRollback {
  readonly commit: string;
  readonly state: ActionState;
  /** When it really took something back; null when it never did. */
  readonly doneMs: number | null;
}

export interface RollbackFacts {
  readonly nowMs: number;
  readonly mode: RollbackMode;
  readonly deployedWithinMs: number;
  readonly trigger: Trigger | null;
  /** The newest deployment that took effect; null when there is none, or when it was taken back already. */
  readonly deployment: { readonly commit: string; readonly atMs: number } | null;
  /** Of this project, all of the last 24 hours and all of this commit. */
  readonly past: readonly PastRollback[];
}

export type RollbackDecision =
  | { readonly does: 'nothing' }
  | { readonly does: 'run' | 'observe' }
  /** `why`: half a sentence; what keeps it from acting by itself. */
  | { readonly does: 'ask'; readonly why: string };

const NOTHING: RollbackDecision = { does: 'nothing' };
/** One at a time a project. Whether an earlier one helped may still be open: a newer deployment is judged by itself. */
const OPEN: readonly ActionState[] = ['asking', 'running', 'undoing'];
/** A person's or an earlier look's word on this very commit. */
const SETTLED: readonly ActionState[] = ['declined', 'observed', 'failed', 'undo-failed'];

/**
 * What a trigger leads to (domain 1.5, behaviour 29). The level plays no part: a rollback lowers risk, so it runs at
 * LOW and CRITICAL too. What rolls forward again waits there (`rollForwardWait`).
 */
export function decideRollback(facts: RollbackFacts): RollbackDecision {
  const { trigger, deployment, past, nowMs, mode } = facts;
  if (trigger === null || deployment === null) return NOTHING;
  if (past.some(({ state }) => OPEN.includes(state))) return NOTHING;
  const ofCommit = past.filter(({ commit }) => isSameCommit(commit, deployment.commit));
  if (ofCommit.some(({ state }) => SETTLED.includes(state))) return NOTHING;
  if (mode === 'observe') return { does: 'observe' };
  if (ofCommit.some(({ doneMs }) => doneMs !== null))
    return { does: 'ask', why: 'this commit was rolled back once already' };
  const recent = past.filter(({ doneMs }) => doneMs !== null && nowMs - doneMs < ROLLBACK_DAY_MS).length;
  if (recent >= MOST_ROLLBACKS - 1)
    return { does: 'ask', why: `${recent} rollbacks in the last 24 h: the automation has stopped` };
  if (nowMs - deployment.atMs > facts.deployedWithinMs)
    return { does: 'ask', why: `it was deployed ${hoursText(nowMs - deployment.atMs)} ago` };
  return mode === 'ask' ? { does: 'ask', why: 'the settings want a person to decide' } : { does: 'run' };
}

/** Why a roll-forward waits; null when it may go (domain 1.5: at LOW roll-forwards wait). */
export function rollForwardWait(level: string, why: string): string | null {
  return level === 'LOW' || level === 'CRITICAL' ? `At ${level} (${why}) nothing is rolled forward.` : null;
}

/** Two names of one commit: either may be shortened, to 7 digits at least. */
export function isSameCommit(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return short.length >= 7 && long.toLowerCase().startsWith(short.toLowerCase());
}

function hoursText(ms: number): string {
  const hours = Math.round(ms / 3_600_000);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
