import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createOutbox } from '../../../../core/sync/outbox.ts';
import { courierOf, itemOf, notingCarrier, syncHouse, type SyncHouse } from '../../../fakes/sync-house.ts';

let house: SyncHouse;
beforeEach(async () => {
  house = await syncHouse();
});
afterEach(() => house.remove());

const incident = {
  id: 'i-1',
  project: 'shop',
  severity: 'major',
  title: 'checkout is broken',
  openedAt: '2026-01-05T10:00:00.000Z',
  closedAt: null,
} as const;
const waiting = (): string[] =>
  house
    .outbox()
    .store.shown(50)
    .reverse()
    .map(({ key, body, state }) => `${key}=${String(body)} ${state}`);

describe('the outbox', () => {
  it('keeps a fact and what is to be told of it together', () => {
    house.outbox().within(() => {
      house.record().keepIncident(incident);
      house.outbox().put(itemOf({ key: 'i-1' }));
    });
    expect(house.record().incident('i-1')).not.toBeNull();
    expect(waiting()).toEqual(['i-1=x waiting']);
  });

  it('keeps neither when one of them cannot be kept', () => {
    const fails = (): void =>
      house.outbox().within(() => {
        house.record().keepIncident(incident);
        house.outbox().put(itemOf({ key: 'i-1' }));
        throw new Error('no');
      });
    expect(fails).toThrow('no');
    expect(house.record().incident('i-1')).toBeNull();
    expect(waiting()).toEqual([]);
  });

  it('keeps the newest state of a key and every event', () => {
    const { put } = house.outbox();
    for (const body of ['1', '2', '3']) put(itemOf({ key: 's', kind: 'state', body }));
    for (const body of ['1', '2', '2']) put(itemOf({ key: 'e', body }));
    put(itemOf({ key: 'other', kind: 'state', body: '9' }));
    expect(waiting()).toEqual([
      's=3 waiting',
      'e=1 waiting',
      'e=2 waiting',
      'e=2 waiting',
      'other=9 waiting',
    ]);
  });

  it('takes an event of one id once, after it was sent too', async () => {
    const { put } = house.outbox();
    expect(put(itemOf({ id: 'once' }))).toBe('once');
    expect(put(itemOf({ id: 'once' }))).toBeNull();
    const carrier = notingCarrier();
    courierOf(house, carrier).start();
    await house.clock.advanceMs(10);
    expect(put(itemOf({ id: 'once' }))).toBeNull();
    expect(carrier.sent).toEqual(['a=x']);
  });

  it('does not tell again, after a restart either, what was told', async () => {
    const first = notingCarrier();
    const courier = courierOf(house, first);
    courier.start();
    house.outbox().put(itemOf({ key: 's', kind: 'state', body: '1' }));
    await house.clock.advanceMs(10);
    await courier.stop();
    await house.restart();
    expect(house.outbox().put(itemOf({ key: 's', kind: 'state', body: '1' }))).toBeNull();
    expect(house.outbox().put(itemOf({ key: 's', kind: 'state', body: '2' }))).not.toBeNull();
  });

  it('is bounded: beyond that the oldest is given up, with a reason', () => {
    const small = { count: 5, sizeBytes: 1000 };
    const { put, store } = createOutbox(house.database(), house.clock, small);
    for (let count = 1; count <= 7; count += 1) put(itemOf({ id: `n${count}` }));
    expect(store.counts('there')).toMatchObject({ open: 5, dead: 2 });
    put(itemOf({ id: 'n8', body: 'x'.repeat(1000) }));
    put(itemOf({ id: 'n9' }));
    expect(store.counts('there')).toMatchObject({ open: 5, dead: 4 });
    expect(store.shown(50).at(-1)).toMatchObject({ id: 'n1', outcome: 'too much waits: given up' });
  });
});
