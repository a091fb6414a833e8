import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

import type { OutboxItem, OutboxMessage } from './message.ts';
import { createMessageTally, DROPPED, OPEN, type MessageCounts } from './message-tally.ts';

type Row = Record<string, SQLOutputValue>;

const DAY_MS = 24 * 60 * 60_000;
/** How long what ended is kept: events and what was given up longer, to recognise them. */
const KEPT_MS = { state: DAY_MS, event: 30 * DAY_MS, dead: 90 * DAY_MS } as const;

/** What decides when a message has its turn; without its body. */
export type WaitingHead = Pick<
  OutboxMessage,
  'sequence' | 'key' | 'act' | 'state' | 'dueAtMs' | 'claimedAtMs'
>;

/** The outbox's rows (migration 4). Every change is part of the caller's transaction. */
export interface OutboxStore {
  /** The newest of a key, whatever its state. */
  last(destination: string, key: string): OutboxMessage | null;
  /** When one of the key last arrived; null when none did. */
  lastSentAtMs(destination: string, key: string): number | null;
  has(id: string): boolean;
  named(id: string): OutboxMessage | null;
  add(item: OutboxItem & { readonly id: string }, nowMs: number): void;
  /** Another body in the place of one that waits, under a new id. */
  replace(sequence: number, item: OutboxItem & { readonly id: string }): void;
  /** The first open one of each key: those never tried, then the one tried longest ago. Not to be kept. */
  heads(destination: string): Iterable<WaitingHead>;
  one(sequence: number): OutboxMessage | null;
  claim(sequence: number, nowMs: number): void;
  /** Back in line, or to be looked for. */
  postpone(sequence: number, state: 'waiting' | 'unsure', dueAtMs: number, why: string): void;
  end(sequence: number, state: 'sent' | 'dead', outcome: string, nowMs: number): void;
  /** One that ended is to be told after all, as if it were new. */
  revive(sequence: number, state: 'waiting' | 'unsure', nowMs: number): void;
  /** One that was given up is not to be shown any more. It stays, so that nobody asks for it again. */
  hide(id: string, nowMs: number): void;
  /** Whatever waits for a time need not. */
  hasten(destination: string): void;
  /** Those on their way. */
  sending(destination: string): OutboxMessage[];
  /** Open and queued before. */
  olderThan(destination: string, queuedBeforeMs: number): OutboxMessage[];
  /** The oldest that waits; null when none does. */
  oldestWaiting(): OutboxMessage | null;
  /** Costs next to nothing: it is asked for with every snapshot. */
  counts(destination: string): MessageCounts;
  /** Grows when a word was added or replaced, and when some were taken back: `last` may say something else since. */
  wordCount(): number;
  /** A transaction was taken back: what was counted meanwhile does not hold. */
  tookBack(): void;
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
  const byId = prepare('SELECT * FROM outbox WHERE id = ?');
  const bySequence = prepare('SELECT * FROM outbox WHERE sequence = ?');
  const insert = prepare(
    `INSERT INTO outbox (id, destination, act, key, kind, is_repeatable, state, project, cause, body, queued_at_ms,
       due_at_ms, tries_count) VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?, ?, 0, 0)`,
  );
  const swap = prepare(
    'UPDATE outbox SET id = ?, act = ?, project = ?, cause = ?, body = ?, is_repeatable = ? WHERE sequence = ?',
  );
  const heads = prepare(
    `SELECT min(sequence) AS sequence, key, act, state, due_at_ms, claimed_at_ms FROM outbox
     WHERE destination = ? AND ${OPEN} GROUP BY key ORDER BY coalesce(claimed_at_ms, 0), sequence`,
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
  const destinations = prepare('SELECT DISTINCT destination FROM outbox ORDER BY destination');
  const shown = prepare(
    // From the newest on: an index of states would collect all of them first.
    `SELECT * FROM outbox WHERE +state <> 'sent' AND NOT ${DROPPED} ORDER BY sequence DESC LIMIT ?`,
  );
  const revive = prepare(
    `UPDATE outbox SET state = ?, queued_at_ms = ?, due_at_ms = 0, tries_count = 0, ended_at_ms = NULL
     WHERE sequence = ?`,
  );
  const hasten = prepare(
    `UPDATE outbox SET due_at_ms = 0 WHERE destination = ? AND due_at_ms > 0 AND ${OPEN}`,
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

  const tally = createMessageTally(database);
  let wordsCount = 0;
  const deleteOld = (statement: ReturnType<typeof prepare>, ...values: readonly number[]): void => {
    if (Number(statement.run(...values).changes) > 0) tally.forget();
  };

  return {
    last: (destination, key) => firstOf(last.all(destination, key)),
    lastSentAtMs(destination, key) {
      const atMs = lastSent.get(destination, key)?.['at_ms'];
      return typeof atMs === 'number' ? atMs : null;
    },
    has: (id) => byId.get(id) !== undefined,
    named: (id) => firstOf(byId.all(id)),
    add(item, nowMs) {
      const { id, destination, act, key, kind, isRepeatable, project, cause } = item;
      const repeatable = isRepeatable ? 1 : 0;
      const body = JSON.stringify(item.body);
      wordsCount += 1;
      insert.run(id, destination, act, key, kind, repeatable, project, cause, body, nowMs);
      tally.added(destination, body, nowMs);
    },
    replace(sequence, { id, act, project, cause, body, isRepeatable }) {
      const text = JSON.stringify(body);
      wordsCount += 1;
      tally.moving(sequence, 'waiting', text);
      swap.run(id, act, project, cause, text, isRepeatable ? 1 : 0, sequence);
    },
    *heads(destination) {
      for (const row of heads.iterate(destination)) {
        yield {
          sequence: Number(row['sequence']),
          key: String(row['key']),
          act: String(row['act']),
          state: String(row['state']) as OutboxMessage['state'],
          dueAtMs: Number(row['due_at_ms']),
          claimedAtMs: row['claimed_at_ms'] === null ? null : Number(row['claimed_at_ms']),
        };
      }
    },
    one: (sequence) => firstOf(bySequence.all(sequence)),
    claim(sequence, nowMs) {
      tally.moving(sequence, 'sending');
      claim.run(nowMs, sequence);
    },
    postpone(sequence, state, dueAtMs, why) {
      tally.moving(sequence, state);
      postpone.run(state, Math.round(dueAtMs), why, sequence);
    },
    end(sequence, state, outcome, nowMs) {
      tally.moving(sequence, state);
      end.run(state, outcome, nowMs, sequence);
    },
    revive(sequence, state, nowMs) {
      tally.moving(sequence, state);
      revive.run(state, nowMs, sequence);
    },
    hide(id, nowMs) {
      see.run('dropped', id, nowMs);
      tally.forget();
    },
    hasten: (destination) => void hasten.run(destination),
    sending: (destination) => sending.all(destination).map(messageOf),
    olderThan: (destination, queuedBeforeMs) => older.all(destination, queuedBeforeMs).map(messageOf),
    oldestWaiting: () => firstOf(oldest.all()),
    counts: (destination) => tally.counts(destination),
    wordCount: () => wordsCount,
    tookBack() {
      wordsCount += 1;
      tally.forget();
    },
    size: () => tally.size(),
    destinations: () => destinations.all().map((row) => String(row['destination'])),
    shown: (limit) => shown.all(limit).map(messageOf),
    prune(nowMs) {
      const deadBeforeMs = nowMs - KEPT_MS.dead;
      deleteOld(prune, nowMs - KEPT_MS.state, deadBeforeMs);
      deleteOld(pruneEvents, nowMs - KEPT_MS.event, deadBeforeMs);
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

/** One row that the disk spoilt must not keep the others from being read: null is a body that no carrier takes. */
function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
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
    body: bodyOf(text('body')),
    queuedAtMs: Number(row['queued_at_ms']),
    dueAtMs: Number(row['due_at_ms']),
    triesCount: Number(row['tries_count']),
    claimedAtMs: orNull('claimed_at_ms', Number),
    endedAtMs: orNull('ended_at_ms', Number),
    outcome: orNull('outcome', String),
  };
}
