import type { QuarantineFacts } from '../policy/facts.ts';
import { isSameCommit } from './rollback-rule.ts';

/** A commit that was rolled back: held until another one takes its place, or a person lets it try again. */
export interface QuarantinedCommit {
  readonly commit: string;
  readonly cause: string;
  readonly sinceMs: number;
  readonly actionId: string;
}

/**
 * What holds a project back now; null when nothing does.
 *
 * @param current the commit that would be deployed: HEAD, else the one deployed last; null when neither is known
 */
export function quarantineOf(
  quarantined: readonly QuarantinedCommit[],
  current: string | null,
): QuarantineFacts | null {
  if (current === null) return null;
  const held = quarantined.find(({ commit }) => isSameCommit(commit, current));
  return held === undefined
    ? null
    : { commit: held.commit, cause: held.cause, sinceMs: held.sinceMs, actionId: held.actionId };
}
