import type { DatabaseSync, SQLInputValue, StatementResultingChanges, StatementSync } from 'node:sqlite';

import type { Note } from '../orchestrator.ts';
import type { OpenedDatabase } from './database.ts';

/** A database that goes on: what is wrong with the disk or the file becomes a note, not the end of a round. */
export interface SteadyDatabase {
  /** Stands where a `DatabaseSync` is wanted. */
  readonly database: DatabaseSync;
  /** What the person should know; empty when all is well. */
  notes(): Note[];
}

/** SQLite's primary result codes (sqlite.org/rescode.html). */
const CORRUPT = [11, 26];
/** Busy, read-only, input or output error, full, cannot open: it may pass. */
const PASSING = [5, 6, 8, 10, 13, 14];
const FULL = 13;
/** Held for each kind of write while nothing can be written; then the oldest of that kind is given up. */
const HELD = 500;

interface HeldWrite {
  readonly sql: string;
  readonly values: SQLInputValue[];
}

const generations = new WeakMap<DatabaseSync, () => number>();
const unsyncedWriters = new WeakMap<DatabaseSync, (act: () => void) => void>();

/** Rises when a damaged file was replaced by a new, empty one: what was known of its rows is no longer so. */
export function generationOf(database: DatabaseSync): number {
  return generations.get(database)?.() ?? 0;
}

/**
 * Writes that the disk need not confirm: they outlive the end of the process, and a power cut loses the last seconds
 * of them at most. In a database that was not made here they are written like all others.
 */
export function unsynced(database: DatabaseSync, act: () => void): void {
  const write = unsyncedWriters.get(database);
  if (write === undefined) act();
  else write(act);
}

/**
 * Writes that fail because the disk is full (or busy, or read-only) are held and written later, in order, by the
 * next write that succeeds; inside a transaction they throw, since half of one must not be held. A file that turns
 * out to be damaged is set aside by `renew` and everything goes on with the new one.
 */
export function createSteadyDatabase(
  first: DatabaseSync,
  renew: (database: DatabaseSync) => OpenedDatabase,
): SteadyDatabase {
  let current = first;
  let generation = 0;
  let held: HeldWrite[] = [];
  let lost = 0;
  let trouble: string | null = null;
  let setAside: string | null = null;
  let mayLag = false;
  /** As `database.ts` opens it. */
  let isSynced = true;

  /**
   * Before each write. What was set last stays until another kind of write comes: ticks follow each other, and the
   * pragma costs a third of what writing one does. Within a transaction SQLite leaves it as it is.
   */
  const setSync = (): void => {
    if (isSynced === !mayLag || current.isTransaction) return;
    current.exec(`PRAGMA synchronous = ${mayLag ? 'NORMAL' : 'FULL'}`);
    isSynced = !mayLag;
  };
  const allowLag = (may: boolean, act: () => void): void => {
    const before = mayLag;
    mayLag = may;
    try {
      act();
    } finally {
      mayLag = before;
    }
  };
  const replace = (error: unknown): void => {
    const wasInTransaction = current.isOpen && current.isTransaction;
    const opened = renew(current);
    current = opened.database;
    isSynced = true;
    generation += 1;
    setAside = opened.setAsidePath;
    if (wasInTransaction) throw error;
  };
  const hold = (sql: string, values: SQLInputValue[], error: unknown): void => {
    trouble = troubleOf(error);
    held.push({ sql, values });
    if (held.filter((write) => write.sql === sql).length <= HELD) return;
    held.splice(
      held.findIndex((write) => write.sql === sql),
      1,
    );
    lost += 1;
  };
  /** Throws when the disk still takes nothing. */
  const release = (): void => {
    while (held[0] !== undefined) {
      const { sql, values } = held[0];
      healed(() => {
        allowLag(false, setSync);
        current.prepare(sql).run(...values);
      });
      held = held.slice(1);
    }
    trouble = null;
  };
  /** Runs `act`; when the file proves damaged, once more with a new one. */
  const healed = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      if (!CORRUPT.includes(codeOf(error))) throw error;
      replace(error);
      return act();
    }
  };

  const prepare = (sql: string): StatementSync => {
    let prepared: { readonly generation: number; readonly statement: StatementSync } | null = null;
    let returnsArrays = false;
    const statement = (): StatementSync => {
      if (prepared?.generation !== generation) {
        prepared = { generation, statement: current.prepare(sql) };
        prepared.statement.setReturnArrays(returnsArrays);
      }
      return prepared.statement;
    };
    // A mistake in the SQL shows where it is written, not at its first use.
    healed(statement);
    const facade = {
      run(...values: SQLInputValue[]): StatementResultingChanges {
        try {
          if (held.length > 0 && !current.isTransaction) release();
          const changes = healed(() => {
            setSync();
            return statement().run(...values);
          });
          if (held.length === 0) trouble = null;
          return changes;
        } catch (error) {
          if (current.isTransaction || !PASSING.includes(codeOf(error))) throw error;
          hold(sql, values, error);
          return { changes: 0, lastInsertRowid: 0 };
        }
      },
      all: (...values: SQLInputValue[]) => healed(() => statement().all(...values)),
      get: (...values: SQLInputValue[]) => healed(() => statement().get(...values)),
      iterate: (...values: SQLInputValue[]) => healed(() => statement().iterate(...values)),
      setReturnArrays(enabled: boolean) {
        returnsArrays = enabled;
        statement().setReturnArrays(enabled);
      },
    };
    return facade as unknown as StatementSync;
  };

  const database = {
    prepare,
    exec(sql: string): void {
      // What was held comes first, or a transaction would overtake it.
      if (held.length > 0 && sql.startsWith('BEGIN')) release();
      healed(() => {
        setSync();
        current.exec(sql);
      });
    },
    close: () => {
      try {
        if (held.length > 0) release();
      } catch {
        // The disk is still full: what was held is lost, as the note said it might be.
      }
      current.close();
    },
    get isOpen() {
      return current.isOpen;
    },
    get isTransaction() {
      return current.isTransaction;
    },
  } as unknown as DatabaseSync;
  generations.set(database, () => generation);
  unsyncedWriters.set(database, (act) => allowLag(true, act));

  return {
    database,
    notes() {
      const notes: Note[] = [];
      if (setAside !== null) {
        const text = `The record could not be read and was set aside as ${setAside}; a new one is kept.`;
        notes.push({ code: 'record', text });
      }
      if (trouble !== null)
        notes.push({ code: 'record-unwritten', text: heldText(trouble, held.length, lost) });
      return notes;
    },
  };
}

function heldText(trouble: string, count: number, lost: number): string {
  const what = count === 1 ? '1 entry is' : `${count} entries are`;
  const gone = lost === 0 ? '' : `; ${lost} older ones were given up`;
  return `The record cannot be written: ${trouble}. ${what} held in memory and written when it can be${gone}.`;
}

function codeOf(error: unknown): number {
  const { errcode } = error as { errcode?: unknown };
  return typeof errcode === 'number' ? errcode & 0xff : -1;
}

function troubleOf(error: unknown): string {
  if (codeOf(error) === FULL) return 'the disk is full';
  const { errstr, message } = error as { errstr?: unknown; message: string };
  return typeof errstr === 'string' ? errstr : message;
}
