import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

import type { OutboxItem, OutboxMessage } from './message.ts';

type Row = Record<string, SQLOutputValue>;

const DAY_MS = 24 * 60 * 60_000;
/** How long what ended is kept: events and what was given up longer, to recognise them. */
const KEPT_MS = { state: DAY_MS, event: 30 * DAY_MS, dead: 90 * DAY_MS } as const;

const OPEN = "state IN ('waiting', 'sending', 'unsure')";

/** The outbox's rows (migration 4). Every change is part of the caller's transaction. */
export interface OutboxStore {
  /** The newest of a key, whatever its state. */
  last(destination: string, key: string): OutboxMessage | null;
  /** When one of the key last arrived; null when none did. */
  lastSentAtMs(destination: string, key: string): number | null;
  has(id: string): boolean;
  add(item: OutboxItem & { readonly id: string }, nowMs: number): void;
  /** Another body in the place of one that waits, under a new id. */
  replace(sequence: number, item: OutboxItem & { readonly id: string }): void;
  /** The first open one of each key, oldest first. */
  heads(destination: string): OutboxMessage[];
  one(sequence: number): OutboxMessage | null;
  claim(sequence: number, nowMs: number): void;
  /** Back in line, or to be looked for. */
  postpone(sequence: number, state: 'waiting' | 'unsure', dueAtMs: number, why: string): void;
  end(sequence: number, state: 'sent' | 'dead', outcome: string, nowMs: number): void;
  /** Those on their way. */
  sending(destination: string): OutboxMessage[];
  /** Open and queued before. */
  olderThan(destination: string, queuedBeforeMs: number): OutboxMessage[];
  /** The oldest that waits; null when none does. */
  oldestWaiting(): OutboxMessage | null;
  counts(destination: string): {
    readonly open: number;
    readonly unsure: number;
    readonly dead: number;
    readonly oldestQueuedAtMs: number | null;
  };
  /** Rows and bytes of all that is open. */
  size(): { readonly count: number; readonly sizeBytes: number };
  destinations(): string[];
  /** Newest first: what is open and what was given up. */
  shown(limit: number): OutboxMessage[];
  /** Forgets what ended long ago; the newest state of each key stays, to tell a change by. */
  prune(nowMs: number): void;
  value(key: string): string | null;
  setValue(key: string, value: string): void;
  /** False when this delivery was seen before. */
  isNewDelivery(source: string, id: string, nowMs: number): boolean;
}

export function createOutboxStore(database: DatabaseSync): OutboxStore {
  const prepare = (sql: string): ReturnType<DatabaseSync['prepare']> => database.prepare(sql);
  const last = prepare(
    'SELECT * FROM outbox WHERE destination = ? AND key = ? ORDER BY sequence DESC LIMIT 1',
  );
  const lastSent = prepare(
    "SELECT max(ended_at_ms) AS at_ms FROM outbox WHERE destination = ? AND key = ? AND state = 'sent'",
  );
  const byId = prepare('SELECT 1 FROM outbox WHERE id = ?');
  const bySequence = prepare('SELECT * FROM outbox WHERE sequence = ?');
  const insert = prepare(
    `INSERT INTO outbox (id, destination, act, key, kind, is_repeatable, state, project, cause, body, queued_at_ms,
       due_at_ms, tries_count) VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?, ?, 0, 0)`,
  );
  const swap = prepare(
    'UPDATE outbox SET id = ?, act = ?, project = ?, cause = ?, body = ?, is_repeatable = ? WHERE sequence = ?',
  );
  const heads = prepare(
    `SELECT *, min(sequence) AS head FROM outbox WHERE destination = ? AND ${OPEN} GROUP BY key ORDER BY head`,
  );
  const claim = prepare(
    "UPDATE outbox SET state = 'sending', claimed_at_ms = ?, tries_count = tries_count + 1 WHERE sequence = ?",
  );
  const postpone = prepare('UPDATE outbox SET state = ?, due_at_ms = ?, outcome = ? WHERE sequence = ?');
  const end = prepare('UPDATE outbox SET state = ?, outcome = ?, ended_at_ms = ? WHERE sequence = ?');
  const sending = prepare(
    "SELECT * FROM outbox WHERE destination = ? AND state = 'sending' ORDER BY sequence",
  );
  const older = prepare(
    `SELECT * FROM outbox WHERE destination = ? AND ${OPEN} AND queued_at_ms < ? ORDER BY sequence`,
  );
  const oldest = prepare("SELECT * FROM outbox WHERE state = 'waiting' ORDER BY sequence LIMIT 1");
  const openCounts = prepare(
    `SELECT count(*) AS open, coalesce(sum(state = 'unsure'), 0) AS unsure, min(queued_at_ms) AS oldest
     FROM outbox WHERE destination = ? AND ${OPEN}`,
  );
  const deadCount = prepare("SELECT count(*) AS dead FROM outbox WHERE state = 'dead' AND destination = ?");
  const size = prepare(
    `SELECT count(*) AS count, coalesce(sum(octet_length(body)), 0) AS size_bytes FROM outbox WHERE ${OPEN}`,
  );
  const destinations = prepare('SELECT DISTINCT destination FROM outbox ORDER BY destination');
  const shown = prepare(
    `SELECT * FROM outbox WHERE ${OPEN} OR state = 'dead' ORDER BY sequence DESC LIMIT ?`,
  );
  const prune = prepare(
    `DELETE FROM outbox WHERE kind = 'state'
       AND (state = 'sent' AND ended_at_ms < ?1 OR state = 'dead' AND ended_at_ms < ?2)
       AND sequence < (SELECT max(sequence) FROM outbox later
                       WHERE later.destination = outbox.destination AND later.key = outbox.key)`,
  );
  const pruneEvents = prepare(
    `DELETE FROM outbox WHERE kind = 'event'
       AND (state = 'sent' AND ended_at_ms < ?1 OR state = 'dead' AND ended_at_ms < ?2)`,
  );
  const pruneSeen = prepare('DELETE FROM deliveries_seen WHERE at_ms < ?');
  const value = prepare('SELECT value FROM sync_values WHERE key = ?');
  const setValue = prepare('INSERT OR REPLACE INTO sync_values VALUES (?, ?)');
  const seen = prepare('SELECT 1 FROM deliveries_seen WHERE source = ? AND id = ?');
  const see = prepare('INSERT OR IGNORE INTO deliveries_seen VALUES (?, ?, ?)');

  const numberOf = (row: Row | undefined, name: string): number => Number(row?.[name] ?? 0);
  return {
    last: (destination, key) => firstOf(last.all(destination, key)),
    lastSentAtMs(destination, key) {
      const atMs = lastSent.get(destination, key)?.['at_ms'];
      return typeof atMs === 'number' ? atMs : null;
    },
    has: (id) => byId.get(id) !== undefined,
    add(item, nowMs) {
      const { id, destination, act, key, kind, isRepeatable, project, cause } = item;
      const repeatable = isRepeatable ? 1 : 0;
      const body = JSON.stringify(item.body);
      insert.run(id, destination, act, key, kind, repeatable, project, cause, body, nowMs);
    },
    replace(sequence, { id, act, project, cause, body, isRepeatable }) {
      swap.run(id, act, project, cause, JSON.stringify(body), isRepeatable ? 1 : 0, sequence);
    },
    heads: (destination) => heads.all(destination).map(messageOf),
    one: (sequence) => firstOf(bySequence.all(sequence)),
    claim: (sequence, nowMs) => void claim.run(nowMs, sequence),
    postpone: (sequence, state, dueAtMs, why) => void postpone.run(state, Math.round(dueAtMs), why, sequence),
    end: (sequence, state, outcome, nowMs) => void end.run(state, outcome, nowMs, sequence),
    sending: (destination) => sending.all(destination).map(messageOf),
    olderThan: (destination, queuedBeforeMs) => older.all(destination, queuedBeforeMs).map(messageOf),
    oldestWaiting: () => firstOf(oldest.all()),
    counts(destination) {
      const row = openCounts.get(destination);
      const oldestMs = row?.['oldest'];
      return {
        open: numberOf(row, 'open'),
        unsure: numberOf(row, 'unsure'),
        dead: numberOf(deadCount.get(destination), 'dead'),
        oldestQueuedAtMs: typeof oldestMs === 'number' ? oldestMs : null,
      };
    },
    size() {
      const row = size.get();
      return { count: numberOf(row, 'count'), sizeBytes: numberOf(row, 'size_bytes') };
    },
    destinations: () => destinations.all().map((row) => String(row['destination'])),
    shown: (limit) => shown.all(limit).map(messageOf),
    prune(nowMs) {
      const deadBeforeMs = nowMs - KEPT_MS.dead;
      prune.run(nowMs - KEPT_MS.state, deadBeforeMs);
      pruneEvents.run(nowMs - KEPT_MS.event, deadBeforeMs);
      pruneSeen.run(deadBeforeMs);
    },
    value(key) {
      const found = value.get(key)?.['value'];
      return typeof found === 'string' ? found : null;
    },
    setValue: (key, text) => void setValue.run(key, text),
    isNewDelivery(source, id, nowMs) {
      if (seen.get(source, id) !== undefined) return false;
      see.run(source, id, nowMs);
      return true;
    },
  };
}

function firstOf(rows: readonly Row[]): OutboxMessage | null {
  const [row] = rows;
  return row === undefined ? null : messageOf(row);
}

function messageOf(row: Row): OutboxMessage {
  const text = (name: string): string => String(row[name]);
  const orNull = <T>(name: string, read: (value: SQLOutputValue) => T): T | null => {
    const value = row[name];
    return value === null || value === undefined ? null : read(value);
  };
  return {
    sequence: Number(row['sequence']),
    id: text('id'),
    destination: text('destination'),
    act: text('act'),
    key: text('key'),
    kind: text('kind') as OutboxMessage['kind'],
    isRepeatable: row['is_repeatable'] === 1,
    state: text('state') as OutboxMessage['state'],
    project: orNull('project', String),
    cause: text('cause'),
    body: JSON.parse(text('body')) as unknown,
    queuedAtMs: Number(row['queued_at_ms']),
    dueAtMs: Number(row['due_at_ms']),
    triesCount: Number(row['tries_count']),
    claimedAtMs: orNull('claimed_at_ms', Number),
    endedAtMs: orNull('ended_at_ms', Number),
    outcome: orNull('outcome', String),
  };
}
