import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createMessageTally } from '../../../../core/sync/message-tally.ts';
import { randomFrom } from '../../../fakes/seeded-random.ts';
import { itemOf, syncHouse, type SyncHouse } from '../../../fakes/sync-house.ts';

describe('how much waits', () => {
  let house: SyncHouse;
  beforeEach(async () => {
    house = await syncHouse();
  });
  afterEach(() => house.remove());

  it('is, after any changes, what counting all over again says', async () => {
    const chance = randomFrom(11);
    const { store, within, put } = house.outbox();
    const told = (): unknown =>
      ['there', 'elsewhere'].map((name) => ({ ...store.counts(name), ...store.size() }));
    const counted = (): unknown => {
      const afresh = createMessageTally(house.database());
      return ['there', 'elsewhere'].map((name) => ({ ...afresh.counts(name), ...afresh.size() }));
    };
    for (let turn = 0; turn < 400; turn += 1) {
      await house.clock.advanceMs(Math.floor(chance() * 60_000));
      const destination = chance() < 0.7 ? 'there' : 'elsewhere';
      const [message] = store.shown(100).sort(() => chance() - 0.5);
      const sequence = message?.sequence ?? 0;
      const nowMs = house.clock.wallMs();
      const acts = [
        () => put(itemOf({ destination, key: `k${Math.floor(chance() * 9)}`, body: 'x'.repeat(turn % 50) })),
        () => put(itemOf({ destination, kind: 'state', key: 's', body: `state ${turn} ü` })),
        () => store.claim(sequence, nowMs),
        () => store.postpone(sequence, chance() < 0.5 ? 'waiting' : 'unsure', nowMs, 'later'),
        () => store.end(sequence, chance() < 0.5 ? 'sent' : 'dead', 'over', nowMs),
        () => message?.state === 'dead' && store.revive(sequence, 'waiting', nowMs),
        () => message?.state === 'dead' && store.hide(message.id, nowMs),
        () => store.prune(nowMs + 100 * 24 * 60 * 60_000 * chance()),
      ];
      const act = acts[Math.floor(chance() * acts.length)];
      if (chance() < 0.2) {
        const failing = (): void => {
          act?.();
          told();
          throw new Error('taken back');
        };
        expect(() => within(failing)).toThrow('taken back');
      } else act?.();
      expect(told(), `turn ${turn}`).toEqual(counted());
    }
  });

  it('is the same object while nothing changes', () => {
    const { store, put } = house.outbox();
    put(itemOf());
    expect(store.counts('there')).toBe(store.counts('there'));
    const before = store.counts('there');
    put(itemOf());
    expect(store.counts('there')).not.toBe(before);
  });
});
