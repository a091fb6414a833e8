import type { Action } from '../../shared/contract/remediation.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import type { QuarantineFacts } from '../../shared/policy/facts.ts';
import { ARMED } from '../../shared/remediation/safeguard-rule.ts';
import { createSavedValue } from '../alerts/saved-value.ts';
import { isoNow } from '../clock.ts';
import { gitProgram } from '../hooks/git-program.ts';
import type { ProjectEntry } from '../project-set.ts';
import type { Room, RoomContext } from '../room.ts';
import { createActionBook } from './action-book.ts';
import { actionView, isActionOver, type ActionRecord } from './action-record.ts';
import { createActionStore } from './action-store.ts';
import { createActionsDesk, rollbackAnswers, type ActionsDesk } from './actions-desk.ts';
import type { JobsDesk } from './jobs-desk.ts';
import { processTable } from './process-table.ts';
import { createQuarantine } from './quarantine.ts';
import { createRollbackFlow } from './rollback-flow.ts';
import { createRollbackWatch } from './rollback-watch.ts';
import { createSafeguardActs } from './safeguard-act.ts';
import { createSafeguardKeeper } from './safeguard-keeper.ts';
import { createThrottleActs } from './throttle-act.ts';
import { createThrottleKeeper } from './throttle-keeper.ts';
import { createThrottleProcess } from './throttle-process.ts';

/** What the core does by itself beside jobs: rollbacks, throttling of foreign work, safeguards. */
export interface RemediationRoom extends Required<Pick<Room, 'start' | 'stop'>> {
  /** Does what a judged snapshot asks for, and gives the acts that are shown in it. */
  consider(judged: Snapshot): Action[];
  quarantine(entry: ProjectEntry): QuarantineFacts | null;
  readonly desk: ActionsDesk;
}

/** The snapshot shows what is open and what has just ended. GET /v1/actions has all. */
const SHOWN_MS = 3_600_000;
const SHOWN_MOST = 30;

export function createRemediationRoom(
  context: RoomContext & { readonly jobs: Pick<JobsDesk, 'list' | 'cancel'> },
): RemediationRoom {
  const { clock, env, record, runner, core, onFault } = context;
  const who = env['USER'] ?? env['USERNAME'] ?? 'local user';
  let isStarted = false;
  let isStopped = false;
  let isConsidering = false;
  let energy: Snapshot['energy'] | null = null;

  const book = createActionBook({
    clock,
    record,
    store: createActionStore(context.database),
    onChange() {
      quarantine.renew();
      // The snapshot under way shows it anyhow.
      if (isStarted && !isConsidering) core.request();
    },
  });
  const quarantine = createQuarantine(clock, book.store, record);
  const rollbacks = createRollbackFlow({
    clock,
    book,
    record,
    runner,
    git: gitProgram(env),
    stateDir: context.places.stateDir,
    onFault,
  });
  const watch = createRollbackWatch({ clock, book, flow: rollbacks, record });

  const throttles = createThrottleKeeper({
    clock,
    book,
    acts: createThrottleActs(
      runner,
      createThrottleProcess(processTable(context.platform), [process.pid, process.ppid]),
    ),
    resumeMs: () => context.config().jobs.resumeSeconds * 1000,
    onFault,
  });
  const safeguards = createSafeguardKeeper({
    clock,
    book,
    acts: createSafeguardActs({
      runner,
      jobs: context.jobs,
      database: context.database,
      platform: context.platform,
    }),
    memory: createSavedValue('safeguards', ARMED, context),
    config: () => context.config().safeguards,
    onFault,
  });

  const shown = (): Action[] => {
    const sinceMs = clock.wallMs() - SHOWN_MS;
    const recent = book.store
      .list({ limit: SHOWN_MOST })
      .filter((action) => isActionOver(action) && (action.endedMs ?? 0) >= sinceMs);
    return [...book.open(), ...recent].slice(0, SHOWN_MOST).map(actionView);
  };

  /** Rollbacks that were begun and that nobody is at. */
  const left = (): ActionRecord[] =>
    book
      .open()
      .filter(({ kind, state }) => kind === 'rollback' && (state === 'running' || state === 'undoing'))
      .filter(({ id }) => !rollbacks.isUnderWay(id));
  const goOn = ({ id, state }: ActionRecord): void =>
    void (state === 'running' ? rollbacks.run(id, 'core') : rollbacks.undo(id, 'core'));

  return {
    quarantine: (entry) => quarantine.of(entry),
    desk: createActionsDesk({
      who,
      book,
      answers: {
        rollback: rollbackAnswers({
          book,
          run: (id, actor) => void rollbacks.run(id, actor),
          undo: (id, actor) => void rollbacks.undo(id, actor),
          level: () => energy ?? { level: 'UNKNOWN', why: 'nothing was read yet' },
        }),
        throttle: throttles.answer,
        safeguard: safeguards.answer,
      },
      quarantineOf: (project, commit) => quarantine.ofCommit(project, commit),
    }),
    consider(judged) {
      energy = judged.energy;
      if (!isStarted) return shown();
      isConsidering = true;
      try {
        const looks = [
          () => safeguards.look(judged.energy),
          () => throttles.look(judged, core.entries()),
          () => watch.look(core.entries()),
          // What came of it could not be written down.
          () => left().forEach(goOn),
        ];
        // What one of them cannot do keeps no other from its work.
        const faults = looks.flatMap((look) => thrownBy(look));
        if (faults.length > 0) throw faults[0];
      } finally {
        isConsidering = false;
      }
      return shown();
    },
    start() {
      if (isStopped) return;
      isStarted = true;
      for (const action of left()) {
        record.audit({
          at: isoNow(clock),
          actor: 'core',
          act: 'rollback-continue',
          project: action.project,
          cause: 'the core before this one did not end it',
          detail: { id: action.id },
        });
        goOn(action);
      }
      throttles.start();
      safeguards.start();
      core.request();
    },
    async stop() {
      isStarted = false;
      isStopped = true;
      await Promise.allSettled([rollbacks.stop(), throttles.stop(), safeguards.stop()]);
    },
  };
}

function thrownBy(act: () => void): unknown[] {
  try {
    act();
    return [];
  } catch (error) {
    return [error];
  }
}
