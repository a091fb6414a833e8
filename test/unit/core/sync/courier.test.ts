import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Delivery, Found, OutboxMessage } from '../../../../core/sync/message.ts';
import { courierOf, itemOf, notingCarrier, syncHouse, type SyncHouse } from '../../../fakes/sync-house.ts';

let house: SyncHouse;
beforeEach(async () => {
  house = await syncHouse();
});
afterEach(() => house.remove());

const MINUTE_MS = 60_000;
/** What was just put is taken up before time goes on. */
const advance = async (ms: number): Promise<void> => {
  await house.clock.advanceMs(0);
  await house.clock.advanceMs(ms);
};
const later = (holds: 'all' | 'act' | 'message', afterMs: number | null = null): Delivery => ({
  kind: 'later',
  why: 'not now',
  afterMs,
  holds,
});
const put = (more: Parameters<typeof itemOf>[0]): string | null => house.outbox().put(itemOf(more));

describe('a courier', () => {
  it('keeps the order of each key while one of them has to wait', async () => {
    let isDown = true;
    const carrier = notingCarrier(({ key }) =>
      key === 'a' && isDown ? later('message') : { kind: 'delivered', answer: 'ok' },
    );
    const courier = courierOf(house, carrier);
    for (const body of ['1', '2']) put({ key: 'a', body });
    for (const body of ['1', '2']) put({ key: 'b', body });
    courier.start();
    await advance(100);
    expect(carrier.sent).toEqual(['a=1', 'b=1', 'b=2']);
    isDown = false;
    await advance(10 * MINUTE_MS);
    expect(carrier.sent).toEqual(['a=1', 'b=1', 'b=2', 'a=1', 'a=2']);
    expect(courier.state()).toMatchObject({ state: 'ok', queuedCount: 0, lastError: 'not now' });
  });

  it('waits longer and longer while nothing is reached, and no longer than five minutes', async () => {
    const at: number[] = [];
    const carrier = notingCarrier(() => {
      at.push(house.clock.monotonicMs());
      return later('all');
    });
    const courier = courierOf(house, carrier);
    courier.start();
    for (const key of ['a', 'b', 'c']) put({ key });
    await advance(60 * MINUTE_MS);
    const waits = at.slice(1).map((ms, index) => ms - (at[index] ?? 0));
    expect(waits.slice(0, 6)).toEqual([1_000, 1_000, 2_000, 4_000, 8_000, 16_000]);
    expect(Math.max(...waits)).toBe(150_000);
    expect(courier.state()).toMatchObject({ state: 'failing', problem: 'not now', queuedCount: 3 });
  });

  it('obeys a wait that was asked for, for that act alone', async () => {
    const carrier = notingCarrier(({ act }) =>
      act === 'slow' ? later('act', 45_000) : { kind: 'delivered', answer: 'ok' },
    );
    courierOf(house, carrier).start();
    put({ act: 'slow', key: 'a', body: '1' });
    put({ act: 'slow', key: 'b', body: '1' });
    put({ act: 'quick', key: 'c', body: '1' });
    await advance(44_000);
    expect(carrier.sent).toEqual(['a=1', 'c=1']);
    await advance(2_000);
    expect(carrier.sent).toEqual(['a=1', 'c=1', 'b=1']);
  });

  it('sends nothing more while a person is needed, but for one try an hour, until resumed', async () => {
    let delivery: Delivery = { kind: 'stop', why: 'the key was refused' };
    const carrier = notingCarrier(() => delivery);
    const courier = courierOf(house, carrier);
    courier.start();
    for (const key of ['a', 'b', 'c']) put({ key });
    await advance(59 * MINUTE_MS);
    expect(carrier.sent).toHaveLength(1);
    expect(courier.state()).toMatchObject({ state: 'stopped', problem: 'the key was refused' });
    delivery = { kind: 'delivered', answer: 'ok' };
    courier.resume();
    await advance(10);
    expect(carrier.sent).toHaveLength(4);
    expect(courier.state()).toMatchObject({ state: 'ok', problem: null, nextTryAt: null });
  });

  it('gives up after seven days and says why', async () => {
    const carrier = notingCarrier(() => later('all'));
    const courier = courierOf(house, carrier);
    put({ id: 'lost' });
    courier.start();
    await advance(60_000);
    // Asleep for a week and a day; timers stood still meanwhile.
    house.clock.sleepMs(8 * 24 * 60 * MINUTE_MS);
    await advance(5 * MINUTE_MS);
    expect(courier.state()).toMatchObject({ queuedCount: 0, deadCount: 1 });
    expect(house.outbox().store.shown(1)[0]).toMatchObject({
      id: 'lost',
      state: 'dead',
      outcome: 'not delivered within 7 days: not now',
    });
    expect(house.record().audits({ limit: 5 })[0]).toMatchObject({ act: 'sync-gave-up', cause: 'a test' });
  });

  it('leaves a gap between two states of one key, after a restart too, and tells the newest', async () => {
    const carrier = notingCarrier(undefined, { keyGapMs: () => MINUTE_MS });
    const courier = courierOf(house, carrier);
    courier.start();
    put({ kind: 'state', body: '1' });
    await advance(10);
    put({ kind: 'state', body: '2' });
    put({ kind: 'state', body: '3' });
    await advance(30_000);
    expect(carrier.sent).toEqual(['a=1']);
    await courier.stop();
    await house.restart();
    const next = notingCarrier(undefined, { keyGapMs: () => MINUTE_MS });
    courierOf(house, next).start();
    await advance(29_000);
    expect(next.sent).toEqual([]);
    await advance(2_000);
    expect(next.sent).toEqual(['a=3']);
  });

  it('lets one that fails again and again keep nobody else waiting', async () => {
    const carrier = notingCarrier(({ key }) =>
      key === 'bad' ? later('all') : { kind: 'delivered', answer: 'ok' },
    );
    courierOf(house, carrier).start();
    put({ key: 'bad' });
    await advance(10 * MINUTE_MS);
    for (const key of ['b', 'c', 'd']) put({ key });
    await advance(6 * MINUTE_MS);
    expect(carrier.sent.filter((each) => each !== 'bad=x')).toEqual(['b=x', 'c=x', 'd=x']);
  });

  it('keeps what was sent in the audit, credentials masked', async () => {
    courierOf(house, notingCarrier()).start();
    put({ body: { title: 'Bearer abcdefgh12345678', apiKey: 'hush', n: 1 } });
    await advance(10);
    expect(house.record().audits({ limit: 5 })).toMatchObject([
      {
        act: 'sync-sent',
        project: 'shop',
        cause: 'a test',
        detail: {
          destination: 'there',
          request: 'tell',
          sent: { title: '***', apiKey: '***', n: 1 },
          answer: 'ok',
        },
      },
    ]);
  });

  it('sends nothing that it could not first mark as being sent', async () => {
    const carrier = notingCarrier();
    const faults: unknown[] = [];
    const courier = courierOf(house, carrier, faults);
    put({});
    house
      .database()
      .exec("CREATE TRIGGER full BEFORE UPDATE ON outbox BEGIN SELECT raise(ABORT, 'full'); END");
    courier.start();
    await advance(MINUTE_MS);
    expect(carrier.sent).toEqual([]);
    expect(faults.length).toBeGreaterThan(0);
    house.database().exec('DROP TRIGGER full');
    await advance(MINUTE_MS);
    expect(carrier.sent).toEqual(['a=x']);
  });
});

describe('what may not arrive twice', () => {
  const once = (found: readonly Found[], first: Delivery = { kind: 'unsure', why: 'cut off' }) => {
    const answers: Delivery[] = [first];
    const looks = [...found];
    const looked: OutboxMessage[] = [];
    const carrier = notingCarrier(() => answers.shift() ?? { kind: 'delivered', answer: 'ok' }, {
      find(message) {
        looked.push(message);
        return Promise.resolve(looks.shift() ?? { kind: 'absent' });
      },
    });
    return { carrier, looked };
  };

  it('is looked for and not sent again where it is found', async () => {
    const { carrier, looked } = once([{ kind: 'absent' }, { kind: 'there', answer: 'task 1' }]);
    const courier = courierOf(house, carrier);
    courier.start();
    put({ isRepeatable: false });
    await advance(10 * MINUTE_MS);
    expect(carrier.sent).toEqual(['a=x']);
    expect(looked).toHaveLength(2);
    expect(courier.state()).toMatchObject({ queuedCount: 0, unsureCount: 0 });
  });

  it('is sent again only when it was surely absent two minutes later', async () => {
    const { carrier } = once([]);
    const courier = courierOf(house, carrier);
    courier.start();
    put({ isRepeatable: false });
    await advance(115_000);
    expect(carrier.sent).toEqual(['a=x']);
    expect(courier.state()).toMatchObject({ queuedCount: 1, unsureCount: 1 });
    await advance(60_000);
    expect(carrier.sent).toEqual(['a=x', 'a=x']);
    expect(courier.state()).toMatchObject({ queuedCount: 0 });
  });

  it('is looked for after the core ended while it was sent, and what may be repeated is repeated', async () => {
    const hangs = notingCarrier(() => new Promise<Delivery>(() => undefined));
    const first = courierOf(house, hangs);
    first.start();
    put({ key: 'a', isRepeatable: false, body: '1' });
    await advance(10);
    const stopped = first.stop();
    await advance(3_000);
    await stopped;
    await house.restart();
    put({ key: 'b', isRepeatable: true, body: '2' });
    const again = notingCarrier(undefined, {
      find: () => Promise.resolve({ kind: 'there', answer: 'found' } as const),
    });
    courierOf(house, again).start();
    await advance(10);
    expect(hangs.sent).toEqual(['a=1']);
    expect(again.sent).toEqual(['b=2']);
    expect(house.outbox().store.counts('there')).toMatchObject({ open: 0, dead: 0 });
  });

  it('is given up where nobody can look', async () => {
    const carrier = notingCarrier(() => ({ kind: 'unsure', why: 'cut off' }));
    courierOf(house, carrier).start();
    put({ isRepeatable: false });
    await advance(10 * MINUTE_MS);
    expect(carrier.sent).toHaveLength(1);
    expect(house.outbox().store.shown(1)[0]).toMatchObject({
      state: 'dead',
      outcome: 'it may have arrived: cut off',
    });
  });
});
