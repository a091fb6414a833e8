import type { DatabaseSync } from 'node:sqlite';

import { NewerDatabase, openDatabase } from './database.ts';
import { createMemoryRecord } from './memory-record.ts';
import { createRecordStore, type RecordStore } from './record.ts';

export interface OpenedRecord {
  readonly record: RecordStore;
  /** The same database, for tables that are not the record's; null when there is none. */
  readonly database: DatabaseSync | null;
  /** What the person should know; null when all is well. */
  readonly problem: string | null;
}

/** Opens `history.db`. Whatever is wrong with it, the core gets a record it can work with, and says what happened. */
export async function openRecord(path: string, nowMs: number): Promise<OpenedRecord> {
  try {
    const { database, setAsidePath } = await openDatabase(path, nowMs);
    const problem =
      setAsidePath === null
        ? null
        : `The record could not be read and was set aside as ${setAsidePath}; a new one is kept.`;
    return { record: createRecordStore(database), database, problem };
  } catch (error) {
    const why = error instanceof NewerDatabase ? error.message : reasonOf(error);
    return { record: createMemoryRecord(), database: null, problem: `Nothing is recorded for later: ${why}` };
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ERR_UNKNOWN_BUILTIN_MODULE'
    ? 'this runtime has no SQLite.'
    : `${code ?? ''} ${message}`.trim();
}
