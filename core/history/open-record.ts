import type { DatabaseSync } from 'node:sqlite';

import type { Note } from '../orchestrator.ts';
import { NewerDatabase, openDatabase } from './database.ts';
import { createMemoryRecord } from './memory-record.ts';
import { createRecordStore, type RecordStore } from './record.ts';
import { createSteadyDatabase } from './steady-database.ts';

export interface OpenedRecord {
  readonly record: RecordStore;
  /** The same database, for tables that are not the record's; null when there is none. */
  readonly database: DatabaseSync | null;
  /** What the person should know of the start; null when all is well. */
  readonly problem: string | null;
  /** What the person should know of the record now; empty when all is well. */
  notes(): Note[];
}

/** Opens `history.db`. Whatever is wrong with it, the core gets a record it can work with, and says what happened. */
export async function openRecord(
  path: string,
  nowMs: number,
  wallMs: () => number = () => nowMs,
): Promise<OpenedRecord> {
  try {
    const opened = await openDatabase(path, nowMs);
    const steady = createSteadyDatabase(opened.database, (damaged) => opened.renew(damaged, wallMs()));
    const { setAsidePath } = opened;
    const problem =
      setAsidePath === null
        ? null
        : `The record could not be read and was set aside as ${setAsidePath}; a new one is kept.`;
    const { database } = steady;
    return { record: createRecordStore(database), database, problem, notes: () => steady.notes() };
  } catch (error) {
    const why = error instanceof NewerDatabase ? error.message : reasonOf(error);
    const problem = `Nothing is recorded for later: ${why}`;
    return { record: createMemoryRecord(), database: null, problem, notes: () => [] };
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ERR_UNKNOWN_BUILTIN_MODULE'
    ? 'this runtime has no SQLite.'
    : `${code ?? ''} ${message}`.trim();
}
