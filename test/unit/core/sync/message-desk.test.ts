import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createMessageDesk, type MessageDesk } from '../../../../core/sync/message-desk.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import { manusHouse, type ManusHouse } from '../../../fakes/manus-house.ts';
import { courierOf, itemOf, notingCarrier, syncHouse, type SyncHouse } from '../../../fakes/sync-house.ts';

const DAY_MS = 24 * 60 * 60_000;
const MINUTE_MS = 60_000;

describe('what a person does about messages', () => {
  let house: SyncHouse;
  let desk: MessageDesk;
  let pushes: number;

  const open = (): void => {
    desk = createMessageDesk({
      clock: house.clock,
      who: 'ann',
      record: house.record(),
      outbox: house.outbox(),
      pushAll: () => (pushes += 1),
    });
  };
  beforeEach(async () => {
    house = await syncHouse(fakeClock('2026-01-05T10:00:00.000Z'));
    pushes = 0;
    open();
  });
  afterEach(() => house.remove());

  const acts = (): readonly string[] =>
    house
      .record()
      .audits({ limit: 20 })
      .map(({ actor, act }) => `${actor} ${act}`);
  const refuse = { kind: 'refused', why: 'GitHub does not allow it' } as const;

  it('tells one that was given up again, with its time and its tries anew', async () => {
    let isRefused = true;
    const carrier = notingCarrier(() => (isRefused ? refuse : { kind: 'delivered', answer: 'ok' }));
    house.outbox().put(itemOf({ id: 'one', body: 'first' }));
    const courier = courierOf(house, carrier);
    courier.start();
    await house.clock.advanceMs(1000);
    expect(desk.shown()).toMatchObject([{ id: 'one', state: 'dead', can: ['retry', 'drop'] }]);
    isRefused = false;
    await house.clock.advanceMs(8 * DAY_MS);
    expect(desk.retry('one')).toMatchObject({ id: 'one', state: 'waiting', triesCount: 0, can: ['drop'] });
    await house.clock.advanceMs(1000);
    expect(carrier.sent).toEqual(['a=first', 'a=first']);
    expect(desk.shown()).toEqual([]);
    expect(courier.state()).toMatchObject({ queuedCount: 0, deadCount: 0, oldestQueuedAt: null });
    expect(acts()).toEqual(['core sync-sent', 'ann sync-retry', 'core sync-gave-up']);
    expect(desk.retry('one')).toMatchObject({ refused: 'not-found' });
    await courier.stop();
  });

  it('tells no state that a newer one has overtaken', async () => {
    const state = (body: string): ReturnType<typeof itemOf> => itemOf({ kind: 'state', key: 'k', body });
    let answer: typeof refuse | { kind: 'delivered'; answer: string } = refuse;
    const carrier = notingCarrier(() => answer);
    const courier = courierOf(house, carrier);
    courier.start();
    const old = house.outbox().put(state('old')) ?? '';
    await house.clock.advanceMs(1000);
    answer = { kind: 'delivered', answer: 'ok' };
    house.outbox().put(state('new'));
    await house.clock.advanceMs(1000);
    expect(desk.shown()).toMatchObject([{ id: old, state: 'dead', can: ['drop'] }]);
    expect(desk.retry(old)).toEqual({
      refused: 'invalid',
      text: 'Something newer of the same was told since.',
      field: 'id',
    });
    expect(carrier.sent).toEqual(['k=old', 'k=new']);
    await courier.stop();
  });

  it('drops for good, over a restart, and the same is not asked for again', async () => {
    house.outbox().put(itemOf({ id: 'one' }));
    expect(desk.drop('one')).toEqual({ id: 'one' });
    expect(desk.shown()).toEqual([]);
    expect(house.outbox().store.counts('there')).toMatchObject({ open: 0, dead: 0 });
    await house.restart();
    open();
    expect(house.outbox().put(itemOf({ id: 'one' }))).toBeNull();
    expect(desk.shown()).toEqual([]);
    expect(house.outbox().store.counts('there')).toMatchObject({ open: 0, dead: 0 });
    const carrier = notingCarrier();
    const courier = courierOf(house, carrier);
    courier.start();
    await house.clock.advanceMs(MINUTE_MS);
    expect(carrier.sent).toEqual([]);
    await courier.stop();
  });

  it('leaves alone what is on its way or may have arrived', async () => {
    house.outbox().put(itemOf({ id: 'one', isRepeatable: false }));
    const carrier = notingCarrier(() => ({ kind: 'unsure', why: 'it hung' }), {
      find: () => Promise.resolve({ kind: 'unknown', why: 'it hangs', afterMs: null }),
    });
    const courier = courierOf(house, carrier);
    courier.start();
    await house.clock.advanceMs(1000);
    expect(desk.shown()).toMatchObject([{ id: 'one', state: 'unsure', can: [] }]);
    expect(desk.drop('one')).toMatchObject({ refused: 'invalid' });
    expect(desk.retry('one')).toMatchObject({ refused: 'invalid', text: 'It was not given up.' });
    await courier.stop();
  });

  it('pushes once in ten seconds, however often it is pressed', async () => {
    house.outbox().put(itemOf({ id: 'one' }));
    const [message] = house.outbox().store.shown(1);
    house.outbox().store.postpone(message?.sequence ?? 0, 'waiting', house.clock.wallMs() + DAY_MS, 'later');
    expect([desk.push(), desk.push()]).toEqual([{ isPushed: true }, { isPushed: false }]);
    expect(house.outbox().store.named('one')?.dueAtMs).toBe(0);
    expect(pushes).toBe(1);
    await house.clock.advanceMs(11_000);
    expect(desk.push()).toEqual({ isPushed: true });
    expect(acts()).toEqual(['ann sync-push', 'ann sync-push']);
  });
});

describe('beside a Manus as it is documented', () => {
  let at: ManusHouse;
  afterEach(() => at.remove());

  it('a task that may have been created is looked for before it is created after all', async () => {
    at = await manusHouse({ createFromIssues: true, pollSeconds: 3600 });
    const issue = { project: 'shop', key: 'github ann/shop#1', title: 'Vouchers', url: '' };
    // Created, and the answer lost; then a week without a key.
    at.manus.faultOf = (path) => (path.includes('create') ? 'reset-after' : null);
    at.room().commitTasks.noteIssue(issue);
    await at.clock.advanceMs(1000);
    at.key = null;
    for (let hour = 0; hour < 8 * 24; hour += 1) await at.clock.advanceMs(60 * MINUTE_MS);
    const [dead] = at.room().desk.view().messages;
    expect(dead).toMatchObject({ state: 'dead', can: ['retry', 'drop'] });
    at.key = 'sk-test-key';
    at.manus.faultOf = () => null;
    expect(at.room().desk.retry(dead?.id ?? '')).toMatchObject({ state: 'unsure' });
    await at.clock.advanceMs(61 * MINUTE_MS);
    expect(at.manus.tasks).toHaveLength(1);
    expect(at.room().desk.view().messages).toEqual([]);
    expect(at.faults).toEqual([]);
  });

  it('pushing tries a title at once that waits for the next try', async () => {
    at = await manusHouse({});
    at.manus.faultOf = () => 'reset';
    const task = 'TeBim6FDQf9peSabcdEFGH';
    at.room().desk.link({ project: 'shop', commit: 'a'.repeat(40), task });
    at.set({ pushTaskStatus: true });
    await at.clock.advanceMs(20 * MINUTE_MS);
    expect(at.room().states()['manus']?.state).toBe('failing');
    at.manus.faultOf = () => null;
    const before = at.manus.requests.length;
    expect(at.room().desk.push()).toEqual({ isPushed: true });
    await at.clock.advanceMs(3000);
    expect(at.manus.requests.length).toBeGreaterThan(before);
    expect(at.room().states()['manus']?.state).toBe('ok');
  });
});
