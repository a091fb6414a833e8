import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

import { coalesced } from '../../shared/sync/coalesce.ts';
import type { Clock } from '../clock.ts';
import type { OutboxItem, OutboxMessage } from './message.ts';
import { createOutboxStore, type OutboxStore } from './outbox-store.ts';

/** At most so much waits, over all destinations (6-reliability 6.3). */
export const OUTBOX_LIMITS = { count: 10_000, sizeBytes: 50 * 1024 * 1024 } as const;

/** Where facts are put that are to be told elsewhere. Nothing is sent here: couriers do, later. */
export interface Outbox {
  readonly store: OutboxStore;
  /**
   * Runs `act` as one transaction of the record's database: what it writes to the record and what it puts here are
   * kept together or not at all. Inside another transaction it is part of that one. Synchronous only.
   *
   * @throws what `act` throws and what SQLite throws (a full disk); then nothing was kept
   */
  readonly within: <T>(act: () => T) => T;
  /**
   * Puts an item in line. A state replaces the one that waits under its key; an event is never merged.
   *
   * @returns the id it is kept under; null when nothing new is to be told
   * @throws what SQLite throws
   */
  readonly put: (item: OutboxItem) => string | null;
  /** What waits may have its turn: as after something was put. */
  readonly wake: () => void;
  /** Hears after something was put, not within the transaction, until the function that it gives is called. */
  readonly onPut: (listener: () => void) => () => void;
}

export function createOutbox(
  database: DatabaseSync,
  clock: Pick<Clock, 'wallMs'>,
  limits: { readonly count: number; readonly sizeBytes: number } = OUTBOX_LIMITS,
): Outbox {
  const store = createOutboxStore(database);
  const listeners = new Set<() => void>();
  let isTold = true;

  const within = <T>(act: () => T): T => {
    if (database.isTransaction) return act();
    database.exec('BEGIN IMMEDIATE');
    let isKept = false;
    try {
      const result = act();
      database.exec('COMMIT');
      isKept = true;
      return result;
    } finally {
      if (!isKept) {
        rollBack(database);
        store.tookBack();
      }
    }
  };
  // The transaction is over by the time a microtask runs.
  const tell = (): void => {
    if (!isTold) return;
    isTold = false;
    queueMicrotask(() => {
      isTold = true;
      for (const listener of listeners) listener();
    });
  };
  const makeRoom = (): void => {
    const { count, sizeBytes } = store.size();
    if (count < limits.count && sizeBytes < limits.sizeBytes) return;
    const oldest = store.oldestWaiting();
    if (oldest !== null) store.end(oldest.sequence, 'dead', 'too much waits: given up', clock.wallMs());
  };

  return {
    store,
    within,
    put(item) {
      return within(() => {
        const kept = { ...item, id: item.id ?? randomUUID() };
        if (item.id !== undefined && store.has(item.id)) return null;
        const last = item.kind === 'event' ? null : store.last(item.destination, item.key);
        const word = { kind: item.kind, body: JSON.stringify(item.body) };
        const fate = coalesced(last === null ? null : wordOf(last), word);
        if (fate === 'known') return null;
        if (fate === 'replace' && last !== null) store.replace(last.sequence, kept);
        else {
          makeRoom();
          store.add(kept, clock.wallMs());
        }
        tell();
        return kept.id;
      });
    },
    wake: tell,
    onPut(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function wordOf({ kind, state, body }: OutboxMessage): Parameters<typeof coalesced>[0] {
  return { kind, state, body: JSON.stringify(body) };
}

/** Some errors of SQLite have ended the transaction already. */
function rollBack(database: DatabaseSync): void {
  if (database.isTransaction) database.exec('ROLLBACK');
}
