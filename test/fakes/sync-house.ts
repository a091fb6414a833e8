import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

import { openRecord } from '../../core/history/open-record.ts';
import type { RecordStore } from '../../core/history/record.ts';
import { createCourier, type Courier } from '../../core/sync/courier.ts';
import type { Carrier, Delivery, OutboxItem, OutboxMessage } from '../../core/sync/message.ts';
import { createOutbox, type Outbox } from '../../core/sync/outbox.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';

/** A record on disk with its outbox, and the way to end and start it again. */
export interface SyncHouse {
  readonly clock: FakeClock;
  readonly dir: string;
  database(): DatabaseSync;
  record(): RecordStore;
  outbox(): Outbox;
  /** Closes the database and opens it again, as a new core would. */
  restart(): Promise<void>;
  remove(): void;
}

export async function syncHouse(clock: FakeClock = fakeClock()): Promise<SyncHouse> {
  const dir = mkdtempSync(join(tmpdir(), 'orch-sync-'));
  const open = async (): Promise<{ record: RecordStore; database: DatabaseSync; outbox: Outbox }> => {
    const { record, database } = await openRecord(join(dir, 'history.db'), clock.wallMs());
    if (database === null) throw new Error('no database');
    return { record, database, outbox: createOutbox(database, clock) };
  };
  let now = await open();
  return {
    clock,
    dir,
    database: () => now.database,
    record: () => now.record,
    outbox: () => now.outbox,
    async restart() {
      now.record.close();
      now = await open();
    },
    remove() {
      now.record.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A carrier that notes what it was given and answers as told. */
export function notingCarrier(
  answer: (message: OutboxMessage) => Delivery | Promise<Delivery> = () => ({
    kind: 'delivered',
    answer: 'ok',
  }),
  more: Partial<Carrier> = {},
): Carrier & { readonly sent: string[] } {
  const sent: string[] = [];
  return {
    destination: 'there',
    sent,
    isEnabled: () => true,
    take: () => 0,
    keyGapMs: () => 0,
    send(message) {
      sent.push(`${message.key}=${String(message.body)}`);
      return Promise.resolve(answer(message));
    },
    ...more,
  };
}

export function itemOf(more: Partial<OutboxItem> = {}): OutboxItem {
  return {
    destination: 'there',
    act: 'tell',
    key: 'a',
    kind: 'event',
    isRepeatable: true,
    project: 'shop',
    cause: 'a test',
    body: 'x',
    ...more,
  };
}

export function courierOf(house: SyncHouse, carrier: Carrier, faults: unknown[] = []): Courier {
  const { clock } = house;
  const [outbox, record] = [house.outbox(), house.record()];
  return createCourier({ clock, chance: () => 0.5, outbox, record, carrier, onFault: (e) => faults.push(e) });
}
