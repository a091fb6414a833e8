import { closeSync, existsSync, openSync, renameSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

import { MIGRATIONS } from './migrations.ts';

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  /** Where an unreadable file was set aside; null when there was none. */
  readonly setAsidePath: string | null;
}

/** A database and the way to a new one, should the file prove damaged while it is in use. */
export interface RenewableDatabase extends OpenedDatabase {
  /** Closes, sets the file aside and begins a new one. Throws when not even that can be done. */
  renew(damaged: DatabaseSync, nowMs: number): OpenedDatabase;
}

/** How long another program that holds the file (a backup) may hold us. */
const BUSY_LIMIT_MS = 100;

/** The file was made by a newer version of the product: nothing is written to it. */
export class NewerDatabase extends Error {
  override readonly name = 'NewerDatabase';
}

/**
 * Opens the record, bringing its schema up to date. A file that SQLite cannot read is moved aside and kept, a new one
 * is begun. `node:sqlite` is loaded here and nowhere else: runtimes without it go on without a record.
 *
 * @throws NewerDatabase when the schema is newer than this product; the file is left untouched
 */
export async function openDatabase(path: string, nowMs: number): Promise<RenewableDatabase> {
  const sqlite = await import('node:sqlite');
  const open = (): DatabaseSync => {
    // SQLite would take the umask's mode; its companions (-wal, -shm) follow the mode of the file.
    closeSync(openSync(path, 'a', 0o600));
    return prepared(new sqlite.DatabaseSync(path, { timeout: BUSY_LIMIT_MS }), path);
  };
  const renew = (damaged: DatabaseSync, atMs: number): OpenedDatabase => {
    if (damaged.isOpen) damaged.close();
    return { setAsidePath: setAside(path, atMs), database: open() };
  };
  try {
    return { database: open(), setAsidePath: null, renew };
  } catch (error) {
    if (error instanceof NewerDatabase || !existsSync(path)) throw error;
    const setAsidePath = setAside(path, nowMs);
    return { database: open(), setAsidePath, renew };
  }
}

/** Moves the file and its companions out of the way, keeping them. */
function setAside(path: string, nowMs: number): string {
  const stem = `${path}.corrupt-${new Date(nowMs).toISOString().replaceAll(':', '-')}`;
  let setAsidePath = stem;
  for (let more = 2; existsSync(setAsidePath); more += 1) setAsidePath = `${stem}-${more}`;
  renameSync(path, setAsidePath);
  for (const companion of ['-wal', '-shm']) {
    if (existsSync(`${path}${companion}`)) renameSync(`${path}${companion}`, `${setAsidePath}${companion}`);
  }
  return setAsidePath;
}

function prepared(database: DatabaseSync, path: string): DatabaseSync {
  try {
    // For a file that is still empty: room that retention frees goes back to the disk in small steps.
    if (database.prepare('PRAGMA page_count').get()?.['page_count'] === 0)
      database.exec('PRAGMA auto_vacuum = INCREMENTAL');
    // FULL costs under a millisecond at our rate and loses nothing acknowledged, not even in a power cut.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    const [check] = database.prepare('PRAGMA quick_check(1)').all();
    if (check?.['quick_check'] !== 'ok')
      throw new Error(`${path} is damaged: ${String(check?.['quick_check'])}`);
    migrate(database, path);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: DatabaseSync, path: string): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (version > MIGRATIONS.length) {
    throw new NewerDatabase(
      `${path} was written by a newer version (schema ${version}, known: ${MIGRATIONS.length}).`,
    );
  }
  for (let step = version; step < MIGRATIONS.length; step += 1) {
    database.exec(`BEGIN IMMEDIATE; ${MIGRATIONS[step] ?? ''}; PRAGMA user_version = ${step + 1}; COMMIT`);
  }
}

/** Bytes the record takes on disk, its write-ahead log included. */
export function databaseSizeBytes(path: string): number {
  return [path, `${path}-wal`].reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0);
}
