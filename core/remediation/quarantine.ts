import type { QuarantineFacts } from '../../shared/policy/facts.ts';
import { quarantineOf, type QuarantinedCommit } from '../../shared/remediation/quarantine.ts';
import type { Clock } from '../clock.ts';
import type { RecordStore } from '../history/record.ts';
import type { ProjectEntry } from '../project-set.ts';
import type { ActionStore } from './action-store.ts';
import { rollbackKept } from './rollback-kept.ts';

/** Commits that were rolled back and wait for another to take their place. */
export interface Quarantine {
  /** What holds a project back now; answered from memory. */
  of(entry: ProjectEntry): QuarantineFacts | null;
  /** Why this very commit may not be deployed; null when it may. */
  ofCommit(project: string, commit: string): QuarantineFacts | null;
  /** An act has changed: look again. */
  renew(): void;
}

/** Older ones are forgotten: nobody deploys a commit of last year again by mistake. */
const KEPT_MS = 365 * 86_400_000;
const DEPLOYED_MS = 30 * 86_400_000;

export function createQuarantine(
  clock: Clock,
  store: ActionStore,
  record: Pick<RecordStore, 'deployments'>,
): Quarantine {
  let held: ReadonlyMap<string, readonly QuarantinedCommit[]> = new Map();
  const renew = (): void => {
    const next = new Map<string, QuarantinedCommit[]>();
    for (const action of store.since('rollback', clock.wallMs() - KEPT_MS)) {
      const { doneMs, isQuarantined } = rollbackKept(action);
      if (!isQuarantined || action.project === null) continue;
      const { subject: commit, cause, id: actionId } = action;
      const one = { commit, cause, sinceMs: doneMs ?? action.beganMs, actionId };
      next.set(action.project, [...(next.get(action.project) ?? []), one]);
    }
    held = next;
  };
  renew();

  return {
    renew,
    ofCommit: (project, commit) => quarantineOf(held.get(project) ?? [], commit),
    of({ project, watch }) {
      const commits = held.get(project.id);
      if (commits === undefined) return null;
      const sinceMs = clock.wallMs() - DEPLOYED_MS;
      const current =
        watch.evidence().headCommit ??
        record.deployments({ project: project.id, sinceMs })[0]?.commit ??
        null;
      return quarantineOf(commits, current);
    },
  };
}
