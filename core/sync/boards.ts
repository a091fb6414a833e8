import type { ManusConfig } from '../../shared/contract/sync-config.ts';
import type { ProjectState, Snapshot } from '../../shared/contract/state.ts';
import { stateLine } from '../../shared/sync/state-line.ts';
import { markedTitle, markerIn } from '../../shared/sync/task-title.ts';
import type { Clock } from '../clock.ts';
import { createItem, titleItem, type WantedTask } from './manus-acts.ts';
import type { Outbox } from './outbox.ts';
import type { BookedTask, TaskBook } from './task-book.ts';

/** One task a project whose title says how the project stands. */
export interface Boards {
  /** Puts what changed in line. Writes nothing while nothing changed. */
  take(snapshot: Snapshot): void;
  /** A person asks for a board. Null when there is one already. */
  ask(project: string, who: string): string | null;
}

export function createBoards(parts: {
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly tasks: TaskBook;
  readonly settings: () => ManusConfig;
  readonly isRegistered: (project: string) => boolean;
}): Boards {
  const { clock, outbox, tasks, settings } = parts;
  /** What was put in line last, by project: a tick without a change does not touch the database. */
  const told = new Map<string, string>();
  const asked = new Set<string>();
  /** Projects without a board, by what was known then: looked for again only when there may be one. */
  const without = new Map<string, { readonly settings: ManusConfig; readonly boardsCount: number }>();

  const boardOf = (project: string): BookedTask | null => {
    const given = settings().boards[project];
    if (given === undefined) return tasks.board(project);
    if (tasks.one(given)?.role !== 'board') tasks.add(given, project, 'board', clock.wallMs());
    return tasks.one(given);
  };

  const wanted = (project: string, reason: string, line: string, cause: string): WantedTask => ({
    purpose: 'board',
    project,
    reason,
    title: line,
    text: `Status board of ${project}. Its title is kept up to date from outside. There is nothing to do: answer "ready" and stop.`,
    commit: null,
    patchId: null,
    cause,
  });

  const tell = (snapshot: Snapshot, project: ProjectState): void => {
    const line = stateLine(snapshot, project);
    if (told.get(project.id) === line) return;
    const known = without.get(project.id);
    if (known?.settings === settings() && known.boardsCount === tasks.boardsCount()) return;
    const board = boardOf(project.id);
    if (board === null) {
      without.set(project.id, { settings: settings(), boardsCount: tasks.boardsCount() });
      // The machine itself is judged too; a paid run is for what a person registered.
      if (!settings().createBoards || asked.has(project.id) || !parts.isRegistered(project.id)) return;
      outbox.put(createItem(wanted(project.id, 'board', line, 'boards are to be created')));
      asked.add(project.id);
      return;
    }
    // Gone: a person decides whether there is to be another.
    if (board.isMissing) return;
    outbox.within(() => {
      const marker = markerIn(board.ourTitle ?? board.theirTitle ?? '');
      const title = markedTitle(line, marker);
      tasks.setOurTitle(board.task, title, clock.wallMs());
      outbox.put(titleItem({ task: board.task, title }, project.id, 'the state changed'));
    });
    told.set(project.id, line);
  };

  return {
    take(snapshot) {
      const { enabled, pushState } = settings();
      if (!enabled || !pushState) return;
      for (const project of snapshot.projects) tell(snapshot, project);
    },
    ask(project, who) {
      const board = boardOf(project);
      if (board !== null && !board.isMissing) return null;
      const reason = `asked ${new Date(clock.wallMs()).toISOString()}`;
      return outbox.put(
        createItem(wanted(project, reason, `${project}: not told yet`, `${who} asked for a board`)),
      );
    },
  };
}
