import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

import type { TaskStatus } from '../../shared/contract/vocabulary.ts';
import { differences, type TwoSides } from '../../shared/sync/difference.ts';
import type { ManusTask } from './manus-client.ts';

/** A task of Manus as it is kept here. */
export interface BookedTask extends TwoSides {
  readonly task: string;
  readonly project: string | null;
  readonly theirUrl: string | null;
  readonly ourChangedAtMs: number | null;
  readonly theirChangedAtMs: number | null;
  readonly seenAtMs: number | null;
  readonly addedAtMs: number;
  /** Since when both sides differ; null while they do not. */
  readonly differsSinceMs: number | null;
}

/** The tasks we know and what both sides say of them (migration 4). Our side is the truth, theirs a mirror. */
export interface TaskBook {
  /** Does nothing when it is there; a project is learned later where it was not known. */
  add(task: string, project: string | null, role: 'board' | 'task', nowMs: number): void;
  one(task: string): BookedTask | null;
  /** The newest board of a project. */
  board(project: string): BookedTask | null;
  all(): BookedTask[];
  setOurTitle(task: string, title: string | null, nowMs: number): void;
  setOurStatus(task: string, status: TaskStatus | null, nowMs: number): void;
  /** Grows whenever there may be another board. */
  boardsCount(): number;
  /** What Manus told. */
  saw(task: ManusTask, nowMs: number): void;
  /** Manus took a title. */
  took(task: string, title: string, nowMs: number): void;
  missed(task: string, nowMs: number): void;
}

export function createTaskBook(database: DatabaseSync): TaskBook {
  const insert = database.prepare(
    `INSERT INTO manus_tasks (task, project, role, added_at_ms) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT (task) DO UPDATE SET project = coalesce(project, excluded.project),
       role = CASE WHEN excluded.role = 'board' THEN 'board' ELSE role END`,
  );
  const byId = database.prepare('SELECT * FROM manus_tasks WHERE task = ?');
  const board = database.prepare(
    "SELECT * FROM manus_tasks WHERE project = ? AND role = 'board' ORDER BY added_at_ms DESC, task LIMIT 1",
  );
  const all = database.prepare('SELECT * FROM manus_tasks ORDER BY added_at_ms DESC, task');
  const ourTitle = database.prepare(
    'UPDATE manus_tasks SET our_title = ?, our_changed_at_ms = ? WHERE task = ?',
  );
  const ourStatus = database.prepare(
    'UPDATE manus_tasks SET our_status = ?, our_changed_at_ms = ? WHERE task = ?',
  );
  const theirs = database.prepare(
    `UPDATE manus_tasks SET their_title = ?, their_status = ?, their_url = ?, their_changed_at_ms = ?, seen_at_ms = ?,
       missing_since_ms = NULL WHERE task = ?`,
  );
  const took = database.prepare('UPDATE manus_tasks SET their_title = ?, seen_at_ms = ? WHERE task = ?');
  const missing = database.prepare(
    'UPDATE manus_tasks SET missing_since_ms = coalesce(missing_since_ms, ?) WHERE task = ?',
  );
  const since = database.prepare('UPDATE manus_tasks SET differs_since_ms = ? WHERE task = ?');

  let boardsCount = 0;
  const one = (task: string): BookedTask | null => byId.all(task).map(taskOf)[0] ?? null;
  const compare = (task: string, nowMs: number): void => {
    const known = one(task);
    if (known === null) return;
    const differs = differences(known).length > 0;
    if (differs !== (known.differsSinceMs !== null)) since.run(differs ? nowMs : null, task);
  };
  return {
    boardsCount: () => boardsCount,
    add(task, project, role, nowMs) {
      if (role === 'board') boardsCount += 1;
      insert.run(task, project, role, nowMs);
    },
    one,
    board: (project) => board.all(project).map(taskOf)[0] ?? null,
    all: () => all.all().map(taskOf),
    setOurTitle(task, title, nowMs) {
      if (one(task)?.ourTitle === title) return;
      ourTitle.run(title, nowMs, task);
      compare(task, nowMs);
    },
    setOurStatus(task, status, nowMs) {
      if (one(task)?.ourStatus === status) return;
      ourStatus.run(status, nowMs, task);
      compare(task, nowMs);
    },
    saw({ id, title, status, url, updatedAtMs }, nowMs) {
      if (one(id) === null) return;
      theirs.run(title, status, url, updatedAtMs, nowMs, id);
      compare(id, nowMs);
    },
    took(task, title, nowMs) {
      took.run(title, nowMs, task);
      compare(task, nowMs);
    },
    missed(task, nowMs) {
      missing.run(nowMs, task);
      compare(task, nowMs);
    },
  };
}

function taskOf(row: Record<string, SQLOutputValue>): BookedTask {
  const text = (name: string): string | null => (row[name] === null ? null : String(row[name]));
  const instant = (name: string): number | null => (row[name] === null ? null : Number(row[name]));
  return {
    task: String(row['task']),
    project: text('project'),
    role: row['role'] === 'board' ? 'board' : 'task',
    ourTitle: text('our_title'),
    ourStatus: text('our_status') as TaskStatus | null,
    ourChangedAtMs: instant('our_changed_at_ms'),
    theirTitle: text('their_title'),
    theirStatus: text('their_status'),
    theirUrl: text('their_url'),
    theirChangedAtMs: instant('their_changed_at_ms'),
    seenAtMs: instant('seen_at_ms'),
    isMissing: row['missing_since_ms'] !== null,
    addedAtMs: Number(row['added_at_ms']),
    differsSinceMs: instant('differs_since_ms'),
  };
}
