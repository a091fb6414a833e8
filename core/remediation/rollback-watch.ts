import { randomUUID } from 'node:crypto';

import type { ErrorBudget } from '../../shared/consciousness/burn-rate.ts';
import type { RollbackConfig } from '../../shared/contract/remediation-config.ts';
import type { Deployment } from '../../shared/contract/record.ts';
import {
  decideRollback,
  isSameCommit,
  ROLLBACK_DAY_MS,
  type PastRollback,
} from '../../shared/remediation/rollback-rule.ts';
import {
  isWellAgain,
  stepTrigger,
  type Trigger,
  type TriggerMemory,
} from '../../shared/remediation/trigger.ts';
import { isoNow, type Clock } from '../clock.ts';
import type { RecordStore } from '../history/record.ts';
import type { ProjectEntry } from '../project-set.ts';
import type { ActionBook } from './action-book.ts';
import type { ActionRecord } from './action-record.ts';
import { undoVerbs, type RollbackFlow } from './rollback-flow.ts';
import { rollbackKept, type RollbackKept } from './rollback-kept.ts';

export interface RollbackWatchParts {
  readonly clock: Clock;
  readonly book: ActionBook;
  readonly flow: Pick<RollbackFlow, 'run'>;
  readonly record: Pick<RecordStore, 'deployments' | 'keepIncident' | 'incident' | 'audit'>;
}

/** How far back a deployment may be the one that is blamed. */
const DEPLOYED_MS = 30 * 86_400_000;
/** How far back rollbacks of the same commit are remembered. */
const PAST_MS = 365 * 86_400_000;

/** Looks at every project with a rollback of its own once a round. */
export interface RollbackWatch {
  look(entries: readonly ProjectEntry[]): void;
}

interface Seen {
  readonly memory: TriggerMemory;
  readonly budget: ErrorBudget | null;
}

export function createRollbackWatch({ clock, book, flow, record }: RollbackWatchParts): RollbackWatch {
  const seen = new Map<string, Seen>();

  const lookAt = ({ project, gatherer }: ProjectEntry, config: RollbackConfig): void => {
    const nowMs = clock.wallMs();
    const deployment = blamed(record.deployments({ project: project.id, sinceMs: nowMs - DEPLOYED_MS }));
    const budget = gatherer.errorBudget();
    const failedChecks = gatherer.failedHealthChecks();
    const before = seen.get(project.id);
    const isNewBudget = budget !== null && budget !== before?.budget;
    const { memory, trigger } = stepTrigger(before?.memory ?? null, {
      deploymentId: deployment?.id ?? null,
      budget,
      isNewBudget,
      failedChecks,
    });
    seen.set(project.id, { memory, budget });

    if (deployment === null || trigger === null) return;
    const own = book.store.since('rollback', nowMs - PAST_MS).filter((one) => one.project === project.id);
    const decision = decideRollback({
      nowMs,
      mode: config.mode,
      deployedWithinMs: config.deployedWithinHours * 3_600_000,
      trigger,
      deployment: {
        commit: deployment.commit,
        atMs: Date.parse(deployment.finishedAt ?? deployment.startedAt),
      },
      past: own.map(pastOf).filter((past) => counts(past, deployment.commit, nowMs)),
    });
    if (decision.does === 'nothing') return;
    const action = book.begin(begun(project, config, deployment, trigger, decision));
    if (decision.does === 'run') void flow.run(action.id, 'core');
  };

  const begun = (
    project: ProjectEntry['project'],
    config: RollbackConfig,
    deployment: Deployment,
    trigger: Trigger,
    decision: { readonly does: 'run' | 'observe' } | { readonly does: 'ask'; readonly why: string },
  ): Parameters<ActionBook['begin']>[0] => {
    const short = deployment.commit.slice(0, 10);
    const isObserved = decision.does === 'observe';
    const kept: RollbackKept = {
      deploymentId: deployment.id,
      incidentId: isObserved ? null : openIncident(project.id, `${trigger.why} after ${short}`),
      trigger: trigger.kind,
      config,
      folder: project.path,
      preferred: project.deployBranches,
      doneMs: null,
      revert: null,
      isQuarantined: false,
    };
    const hasUndo = undoVerbs(kept, 'verifying').includes('undo');
    return {
      kind: 'rollback',
      project: project.id,
      subject: deployment.commit,
      title: `Roll back ${short}`,
      cause: trigger.why,
      ...(decision.does === 'ask'
        ? {
            state: 'asking' as const,
            text: `Waits for a person: ${decision.why}.`,
            can: ['approve' as const, 'decline' as const],
          }
        : isObserved
          ? { state: 'observed' as const, text: 'Observe-only: nothing was done.', can: [] }
          : { state: 'running' as const, text: 'Under way.', can: [] }),
      dueMs: null,
      undo: !hasUndo
        ? 'It has no undo: no undo command is set.'
        : config.kind === 'git-revert'
          ? 'Reverts the revert, and pushes that.'
          : 'Runs the undo command.',
      detail: { how: config.kind, deployment: deployment.id },
      kept,
    };
  };

  const openIncident = (project: string, title: string): string => {
    const id = randomUUID();
    const at = isoNow(clock);
    record.keepIncident({ id, project, severity: 'major', title, openedAt: at, closedAt: null });
    record.audit({ at, actor: 'core', act: 'incident-open', project, cause: title, detail: { id } });
    return id;
  };

  const verify = (action: ActionRecord, entry: ProjectEntry | undefined): void => {
    const kept = rollbackKept(action);
    const isWell = isWellAgain(kept.trigger, {
      budget: entry?.gatherer.errorBudget() ?? null,
      failedChecks: entry === undefined ? null : knownChecks(entry),
    });
    const can = undoVerbs(kept, 'verifying');
    if (isWell === true) {
      const minutes = Math.round((clock.wallMs() - (kept.doneMs ?? action.beganMs)) / 60_000);
      const took = minutes < 1 ? 'under a minute' : `${minutes} min`;
      book.change(action.id, {
        state: 'helped',
        text: `It helped: well again after ${took}.`,
        dueMs: null,
        can,
      });
      closeIncident(kept.incidentId);
    } else if (action.dueMs !== null && clock.wallMs() >= action.dueMs) {
      const limit = `${kept.config.verifyMinutes} min`;
      const text =
        isWell === null
          ? `Whether it helped cannot be told: nothing was measured for ${limit}. The incident stays open.`
          : `It did not help within ${limit}. The incident stays open.`;
      book.change(action.id, { state: 'not-helped', text, dueMs: null, can });
    }
  };

  const closeIncident = (id: string | null): void => {
    const incident = id === null ? null : record.incident(id);
    if (incident === null || incident.closedAt !== null) return;
    const at = isoNow(clock);
    record.keepIncident({ ...incident, closedAt: at });
    record.audit({
      at,
      actor: 'core',
      act: 'incident-close',
      project: incident.project,
      cause: 'the rollback helped',
      detail: { id: incident.id },
    });
  };

  return {
    look(entries) {
      for (const action of book.open()) {
        if (action.kind !== 'rollback' || action.state !== 'verifying') continue;
        verify(
          action,
          entries.find(({ project }) => project.id === action.project),
        );
      }
      for (const entry of entries) {
        const { rollback, id } = entry.project;
        if (rollback === null) seen.delete(id);
        else lookAt(entry, rollback);
      }
    },
  };
}

/** Failed rounds in a row; null before the first answer, which says nothing. */
function knownChecks({ gatherer }: ProjectEntry): number | null {
  const value = gatherer.measured().measurements.services?.value ?? null;
  return value === null ? null : gatherer.failedHealthChecks();
}

/** The newest deployment that took effect; null when that one was taken back already. */
function blamed(deployments: readonly Deployment[]): Deployment | null {
  const newest = deployments.find(({ result }) => result === 'ok' || result === 'rolled-back');
  return newest?.result === 'ok' ? newest : null;
}

function pastOf(action: ActionRecord): PastRollback {
  return { commit: action.subject, state: action.state, doneMs: rollbackKept(action).doneMs };
}

/** Of the last day, of this commit, or still open. */
function counts(past: PastRollback, commit: string, nowMs: number): boolean {
  const isRecent = past.doneMs !== null && nowMs - past.doneMs < ROLLBACK_DAY_MS;
  const isOpen = past.state === 'asking' || past.state === 'running' || past.state === 'undoing';
  return isRecent || isOpen || past.state === 'verifying' || isSameCommit(past.commit, commit);
}
