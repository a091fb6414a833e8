import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

import type { OutboxMessage } from './message.ts';

type Row = Record<string, SQLOutputValue> | undefined;

export interface MessageCounts {
  readonly open: number;
  readonly unsure: number;
  readonly dead: number;
  readonly oldestQueuedAtMs: number | null;
}

interface Mutable {
  open: number;
  unsure: number;
  dead: number;
  /** What was told of it; null since it changed. */
  told: MessageCounts | null;
  /** Undefined once the oldest has ended: looked up when it is asked for. */
  oldestQueuedAtMs: number | null | undefined;
}

/**
 * How much waits. Every snapshot and every new message asks for it while thousands may wait, so it is counted once and
 * then kept up with each change.
 */
export interface MessageTally {
  /** The same object until something changes. */
  counts(destination: string): MessageCounts;
  /** Rows and bytes of all that is open. */
  size(): { readonly count: number; readonly sizeBytes: number };
  added(destination: string, body: string, queuedAtMs: number): void;
  /** A row is about to change; before it does. */
  moving(sequence: number, to: OutboxMessage['state'], body?: string): void;
  /** Nothing that was counted holds: rows were taken back or removed. */
  forget(): void;
}

/** States of what is not over. */
export const OPEN = "state IN ('waiting', 'sending', 'unsure')";

/** Given up, and a person wants to see no more of it. */
export const DROPPED =
  "EXISTS (SELECT 1 FROM deliveries_seen gone WHERE gone.source = 'dropped' AND gone.id = outbox.id)";

export function createMessageTally(database: DatabaseSync): MessageTally {
  const openCounts = database.prepare(
    `SELECT count(*) AS open, coalesce(sum(state = 'unsure'), 0) AS unsure, min(queued_at_ms) AS oldest
     FROM outbox WHERE destination = ? AND ${OPEN}`,
  );
  const oldest = database.prepare(
    `SELECT min(queued_at_ms) AS oldest FROM outbox WHERE destination = ? AND ${OPEN}`,
  );
  const deadCount = database.prepare(
    `SELECT count(*) AS dead FROM outbox WHERE state = 'dead' AND destination = ? AND NOT ${DROPPED}`,
  );
  const openSize = database.prepare(
    `SELECT count(*) AS count, coalesce(sum(octet_length(body)), 0) AS size_bytes FROM outbox WHERE ${OPEN}`,
  );
  const row = database.prepare(
    'SELECT destination, state, queued_at_ms, octet_length(body) AS size_bytes FROM outbox WHERE sequence = ?',
  );
  const counted = new Map<string, Mutable>();
  let size: { count: number; sizeBytes: number } | null = null;

  const count = (destination: string): Mutable => {
    const open = openCounts.get(destination);
    return {
      open: numberOf(open, 'open'),
      unsure: numberOf(open, 'unsure'),
      dead: numberOf(deadCount.get(destination), 'dead'),
      told: null,
      oldestQueuedAtMs: instantOf(open, 'oldest'),
    };
  };

  return {
    counts(destination) {
      const known = counted.get(destination) ?? count(destination);
      if (known.told !== null) return known.told;
      counted.set(destination, known);
      if (known.oldestQueuedAtMs === undefined)
        known.oldestQueuedAtMs = instantOf(oldest.get(destination), 'oldest');
      const { open, unsure, dead, oldestQueuedAtMs } = known;
      known.told = { open, unsure, dead, oldestQueuedAtMs };
      return known.told;
    },
    size() {
      const found = openSizeOf();
      return { ...found };
    },
    added(destination, body, queuedAtMs) {
      const known = counted.get(destination);
      if (known !== undefined) {
        known.open += 1;
        known.told = null;
        if (known.oldestQueuedAtMs !== undefined)
          known.oldestQueuedAtMs = Math.min(known.oldestQueuedAtMs ?? queuedAtMs, queuedAtMs);
      }
      if (size === null) return;
      size.count += 1;
      size.sizeBytes += Buffer.byteLength(body);
    },
    moving(sequence, to, body) {
      const before = row.get(sequence);
      if (before === undefined) return;
      const from = String(before['state']);
      const [wasOpen, isOpen] = [isOpenState(from), isOpenState(to)];
      const sizeBytes = numberOf(before, 'size_bytes');
      if (size !== null) {
        const nextBytes = body === undefined ? sizeBytes : Buffer.byteLength(body);
        size.count += Number(isOpen) - Number(wasOpen);
        size.sizeBytes += (isOpen ? nextBytes : 0) - (wasOpen ? sizeBytes : 0);
      }
      const known = counted.get(String(before['destination']));
      if (known === undefined) return;
      known.told = null;
      known.open += Number(isOpen) - Number(wasOpen);
      known.unsure += Number(to === 'unsure') - Number(from === 'unsure');
      known.dead += Number(to === 'dead') - Number(from === 'dead');
      if (isOpen !== wasOpen) known.oldestQueuedAtMs = oldestAfter(known, before, isOpen);
    },
    forget() {
      counted.clear();
      size = null;
    },
  };

  function openSizeOf(): { count: number; sizeBytes: number } {
    if (size === null) {
      const found = openSize.get();
      size = { count: numberOf(found, 'count'), sizeBytes: numberOf(found, 'size_bytes') };
    }
    return size;
  }
}

/** Whoever comes back may be the oldest; when the oldest goes, the next is not known yet. */
function oldestAfter(
  { oldestQueuedAtMs: known }: Mutable,
  before: Row,
  isOpen: boolean,
): number | null | undefined {
  if (isOpen || known === undefined || known === null) return undefined;
  return numberOf(before, 'queued_at_ms') > known ? known : undefined;
}

function isOpenState(state: string): boolean {
  return state === 'waiting' || state === 'sending' || state === 'unsure';
}

function numberOf(row: Row, name: string): number {
  return Number(row?.[name] ?? 0);
}

function instantOf(row: Row, name: string): number | null {
  const value = row?.[name];
  return typeof value === 'number' ? value : null;
}
