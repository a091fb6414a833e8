import type { DatabaseSync } from 'node:sqlite';

import type { ActionKind } from '../../shared/contract/vocabulary.ts';
import { isActionOver, type ActionRecord } from './action-record.ts';

/** Where acts outlive the core: written before they are done, and after. */
export interface ActionStore {
  keep(record: ActionRecord): void;
  /** Those that are not over, oldest first. */
  open(): ActionRecord[];
  /** The newest first. */
  list(asked: { readonly project?: string | undefined; readonly limit: number }): ActionRecord[];
  /** Of one kind, begun since then, the newest first. */
  since(kind: ActionKind, fromMs: number): ActionRecord[];
  /** Those whose id begins so; two at most. */
  find(id: string): ActionRecord[];
}

/** Of each kind so many that are over are kept, the newest; docs/remediation.md says so. */
export const KEPT_COUNT = 5_000;

/** The actions table of the record (migration 3); a list in memory where there is no database. */
export function createActionStore(database: DatabaseSync | null, keptCount = KEPT_COUNT): ActionStore {
  return database === null ? createMemoryStore(keptCount) : createDatabaseStore(database, keptCount);
}

/** Other parts of remediation keep rows of their own in the table. */
const OURS = "kind IN ('rollback', 'throttle', 'safeguard')";

function createDatabaseStore(database: DatabaseSync, keptCount: number): ActionStore {
  const put = database.prepare('INSERT OR REPLACE INTO actions VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const prune = database.prepare(
    `DELETE FROM actions WHERE id IN (SELECT id FROM actions WHERE kind = ? AND ended_at_ms IS NOT NULL
       ORDER BY began_at_ms DESC, id LIMIT -1 OFFSET ?)`,
  );
  const opened = database.prepare(
    `SELECT action FROM actions WHERE ended_at_ms IS NULL AND ${OURS} ORDER BY began_at_ms, id`,
  );
  const listed = database.prepare(
    `SELECT action FROM actions WHERE (?1 IS NULL OR project = ?1) AND ${OURS} ORDER BY began_at_ms DESC, id LIMIT ?2`,
  );
  const ofKind = database.prepare(
    'SELECT action FROM actions WHERE kind = ? AND began_at_ms >= ? ORDER BY began_at_ms DESC, id',
  );
  const byId = database.prepare(
    `SELECT action FROM actions WHERE substr(id, 1, length(?1)) = ?1 AND ${OURS} LIMIT 2`,
  );
  const recordOf = (row: Record<string, unknown>): ActionRecord =>
    JSON.parse(String(row['action'])) as ActionRecord;
  return {
    keep(record) {
      const { id, kind, project, subject, state, beganMs } = record;
      const endedMs = isActionOver(record) ? record.endedMs : null;
      put.run(id, kind, project, subject, state, beganMs, endedMs, JSON.stringify(record));
      if (endedMs !== null) prune.run(kind, keptCount);
    },
    open: () => opened.all().map(recordOf),
    list: ({ project, limit }) => listed.all(project ?? null, limit).map(recordOf),
    since: (kind, fromMs) => ofKind.all(kind, fromMs).map(recordOf),
    find: (id) => byId.all(id).map(recordOf),
  };
}

function createMemoryStore(keptCount: number): ActionStore {
  const records = new Map<string, ActionRecord>();
  const newest = (): ActionRecord[] =>
    [...records.values()].sort((one, other) => other.beganMs - one.beganMs);
  return {
    keep(record) {
      records.set(record.id, record);
      if (!isActionOver(record)) return;
      const over = newest().filter((other) => other.kind === record.kind && isActionOver(other));
      for (const { id } of over.slice(keptCount)) records.delete(id);
    },
    open: () =>
      newest()
        .filter((record) => !isActionOver(record))
        .reverse(),
    list: ({ project, limit }) =>
      newest()
        .filter((record) => project === undefined || record.project === project)
        .slice(0, limit),
    since: (kind, fromMs) => newest().filter((record) => record.kind === kind && record.beganMs >= fromMs),
    find: (id) =>
      newest()
        .filter((record) => record.id.startsWith(id))
        .slice(0, 2),
  };
}
