import type { DatabaseSync } from 'node:sqlite';

import { isOver, type JobRecord } from './job-record.ts';

/** Where jobs outlive the core. */
export interface JobsStore {
  keep(record: JobRecord): void;
  /** Those that are not over, oldest first. */
  open(): JobRecord[];
  /** Those that are over, the last one first. */
  ended(limit: number): JobRecord[];
  one(id: string): JobRecord | null;
  /** Forgets all but the last `keepCount` that are over; gives the ids. */
  prune(keepCount: number): string[];
}

/** The jobs table of the record (migration 3); a list in memory where there is no database. */
export function createJobsStore(database: DatabaseSync | null): JobsStore {
  return database === null ? createMemoryStore() : createDatabaseStore(database);
}

function createDatabaseStore(database: DatabaseSync): JobsStore {
  const put = database.prepare('INSERT OR REPLACE INTO jobs VALUES (?, ?, ?, ?, ?)');
  const opened = database.prepare('SELECT job FROM jobs WHERE is_over = 0 ORDER BY created_at_ms, id');
  const over = database.prepare(
    'SELECT job FROM jobs WHERE is_over = 1 ORDER BY ended_at_ms DESC, id LIMIT ?',
  );
  const byId = database.prepare('SELECT job FROM jobs WHERE id = ?');
  const spare = database.prepare(
    'SELECT id FROM jobs WHERE is_over = 1 ORDER BY ended_at_ms DESC, id LIMIT -1 OFFSET ?',
  );
  const drop = database.prepare('DELETE FROM jobs WHERE id = ?');
  const recordOf = (row: Record<string, unknown>): JobRecord => JSON.parse(String(row['job'])) as JobRecord;
  return {
    keep(record) {
      put.run(record.id, isOver(record) ? 1 : 0, record.createdMs, record.endedMs, JSON.stringify(record));
    },
    open: () => opened.all().map(recordOf),
    ended: (limit) => over.all(limit).map(recordOf),
    one(id) {
      const row = byId.get(id);
      return row === undefined ? null : recordOf(row);
    },
    prune(keepCount) {
      const ids = spare.all(keepCount).map((row) => String(row['id']));
      for (const id of ids) drop.run(id);
      return ids;
    },
  };
}

function createMemoryStore(): JobsStore {
  const records = new Map<string, JobRecord>();
  const ended = (): JobRecord[] =>
    [...records.values()].filter(isOver).sort((one, other) => (other.endedMs ?? 0) - (one.endedMs ?? 0));
  return {
    keep: (record) => void records.set(record.id, record),
    open: () => [...records.values()].filter((record) => !isOver(record)),
    ended: (limit) => ended().slice(0, limit),
    one: (id) => records.get(id) ?? null,
    prune(keepCount) {
      const dropped = ended().slice(keepCount);
      for (const { id } of dropped) records.delete(id);
      return dropped.map(({ id }) => id);
    },
  };
}
