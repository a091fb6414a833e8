import { join } from 'node:path';

import type { ActionState } from '../../shared/contract/vocabulary.ts';
import { isoNow, type Clock } from '../clock.ts';
import type { RecordStore } from '../history/record.ts';
import type { Git } from '../hooks/git-program.ts';
import type { ActionBook } from './action-book.ts';
import type { ActionRecord } from './action-record.ts';
import { revertOnRemote, type RevertOrder } from './rollback-git.ts';
import { rollbackKept, type RollbackKept } from './rollback-kept.ts';
import type { Runner } from './runner.ts';

export interface RollbackFlowParts {
  readonly clock: Clock;
  readonly book: ActionBook;
  readonly record: Pick<RecordStore, 'deployment' | 'keepDeployment' | 'audit'>;
  readonly runner: Pick<Runner, 'run'>;
  readonly git: Git;
  readonly stateDir: string;
  readonly onFault: (error: unknown) => void;
}

/** Does a rollback that was decided on, or takes one back. Never rejects; what came of it is in the book. */
export interface RollbackFlow {
  run(id: string, actor: string): Promise<void>;
  undo(id: string, actor: string): Promise<void>;
  isUnderWay(id: string): boolean;
  /** Ends what is under way and waits for it; what was begun goes on at the next start. */
  stop(): Promise<void>;
}

type Done = { readonly ok: true; readonly revert: RollbackKept['revert']; readonly text: string };
type Outcome = Done | { readonly ok: false; readonly why: string; readonly isStopped: boolean };

export function createRollbackFlow(parts: RollbackFlowParts): RollbackFlow {
  const { clock, book, record, runner, onFault } = parts;
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();

  const once = (id: string, act: () => Promise<void>): Promise<void> => {
    const under = running.get(id);
    if (under !== undefined) return under;
    const done = act()
      .catch(onFault)
      .finally(() => running.delete(id));
    running.set(id, done);
    return done;
  };
  const found = (id: string): ActionRecord => {
    const action = book.get(id);
    if (action === null) throw new Error(`no action ${id}`);
    return action;
  };

  /** Whatever goes wrong is something for a person to read and to go on from. */
  const outcomeOf = (act: Promise<Outcome>): Promise<Outcome> =>
    act.catch((error: unknown) => ({
      ok: false,
      why: (error as Error).message,
      isStopped: stopping.signal.aborted,
    }));

  const byGit = async (action: ActionRecord, undoes: RollbackKept['revert']): Promise<Outcome> => {
    const { config, folder, preferred } = rollbackKept(action);
    const order: RevertOrder = {
      actionId: action.id,
      act: undoes === null ? 'rollback' : 'rollback-undo',
      project: action.project ?? '',
      folder,
      commit: undoes?.commit ?? action.subject,
      remote: config.remote,
      branch: undoes?.branch ?? config.branch,
      preferred,
      cause: undoes === null ? action.cause : 'a person took the rollback back',
    };
    const result = await revertOnRemote(
      {
        git: parts.git,
        runner,
        treesDir: join(parts.stateDir, 'work-trees'),
        signal: stopping.signal,
      },
      order,
    );
    if (result.kind === 'stuck') return { ok: false, why: result.why, isStopped: stopping.signal.aborted };
    const revert = { commit: result.revert, branch: result.branch };
    const where = `${config.remote}/${result.branch}`;
    const text =
      result.kind === 'reverted'
        ? `${where} has the revert ${result.revert.slice(0, 10)}`
        : `${where} had the revert ${result.revert.slice(0, 10)} already`;
    return { ok: true, revert, text };
  };

  const byCommand = async (action: ActionRecord, which: 'command' | 'undo'): Promise<Outcome> => {
    const { config, folder } = rollbackKept(action);
    const command = config[which];
    if (command === null) return { ok: false, why: 'no command is set', isStopped: false };
    const project = action.project ?? '';
    const result = await runner.run({
      act: which === 'undo' ? 'rollback-undo' : 'rollback-command',
      project,
      cause: action.cause,
      command,
      resource: `deploy:${project}`,
      folder,
      facts: { ORCH_PROJECT: project, ORCH_COMMIT: action.subject, ORCH_CAUSE: action.cause },
      signal: stopping.signal,
    });
    return result.isOk
      ? { ok: true, revert: null, text: `the command is done` }
      : { ok: false, why: `the command ${result.text}`, isStopped: stopping.signal.aborted };
  };

  const markRolledBack = (action: ActionRecord): void => {
    const deployment = record.deployment(rollbackKept(action).deploymentId);
    if (deployment === null || deployment.result === 'rolled-back') return;
    record.keepDeployment({
      ...deployment,
      result: 'rolled-back',
      finishedAt: deployment.finishedAt ?? isoNow(clock),
    });
  };

  return {
    run: (id, actor) =>
      once(id, async () => {
        const action = book.change(id, { state: 'running', text: 'Under way.', can: [], dueMs: null }, actor);
        const kept = rollbackKept(action);
        const outcome = await outcomeOf(
          kept.config.kind === 'git-revert' ? byGit(action, null) : byCommand(action, 'command'),
        );
        // Stays `running`: the next start goes on with it.
        if (!outcome.ok && outcome.isStopped) return;
        if (!outcome.ok) {
          book.change(id, {
            state: 'asking',
            text: `It could not be done by itself: ${outcome.why}. Roll back by hand, or let it try again.`,
            can: ['approve', 'decline'],
          });
          return;
        }
        markRolledBack(action);
        const nowMs = clock.wallMs();
        book.change(id, {
          state: 'verifying',
          text: `Done: ${outcome.text}. Whether it helped shows within ${kept.config.verifyMinutes} min.`,
          dueMs: nowMs + kept.config.verifyMinutes * 60_000,
          can: undoVerbs(kept, 'verifying'),
          detail: {
            ...action.detail,
            rolledBackAt: isoNow(clock),
            ...(outcome.revert === null ? {} : { revert: outcome.revert }),
          },
          kept: {
            ...kept,
            doneMs: nowMs,
            revert: outcome.revert,
            isQuarantined: true,
          } satisfies RollbackKept,
        });
      }),
    undo: (id, actor) =>
      once(id, async () => {
        const before = found(id);
        const kept = rollbackKept(before);
        const action = book.change(
          id,
          { state: 'undoing', text: 'Being taken back.', can: [], dueMs: null },
          actor,
        );
        const outcome = await outcomeOf(
          kept.config.kind === 'git-revert' ? byGit(action, kept.revert) : byCommand(action, 'undo'),
        );
        if (!outcome.ok && outcome.isStopped) return;
        book.change(
          id,
          outcome.ok
            ? {
                state: 'undone',
                text: `Taken back: ${outcome.text}.`,
                kept: { ...kept, isQuarantined: false } satisfies RollbackKept,
              }
            : {
                state: 'undo-failed',
                text: `It could not be taken back: ${outcome.why}.`,
                can: ['undo', 'retry'],
              },
        );
      }),
    isUnderWay: (id) => running.has(id),
    async stop() {
      stopping.abort();
      await Promise.allSettled(running.values());
    },
  };
}

/** What a person may still do with a rollback that took something back. */
export function undoVerbs({ config }: RollbackKept, state: ActionState): ActionRecord['can'] {
  const hasUndo = config.kind === 'git-revert' || config.undo !== null;
  return [...(hasUndo ? (['undo'] as const) : []), ...(state === 'undone' ? [] : (['retry'] as const))];
}
