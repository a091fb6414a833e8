import { describe, expect, it } from 'vitest';

import type { UpsLink } from '../../../../core/energy/ups-link.ts';
import { createUpsPoller } from '../../../../core/energy/ups-poller.ts';
import type { UpsConfig } from '../../../../core/energy/ups-poller.ts';
import { pauseBeforeReconnect } from '../../../../core/energy/ups-watch.ts';
import type { UpsReading } from '../../../../shared/contract/energy.ts';
import { UNKNOWN_UPS } from '../../../../shared/energy/ups-facts.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import { fakeUpsLink, HANGS, upsAnswer } from '../../../fakes/fake-ups-link.ts';

const nothing: UpsConfig = {
  nut: null,
  nutUser: null,
  nutPasswordFile: null,
  nutCaFile: null,
  apcupsd: null,
  feedingUps: null,
};
const onLine = upsAnswer('rack@a', { status: 'OL', onBattery: false, chargePercent: 100 });
const onBattery = upsAnswer('rack@a', { status: 'OB', onBattery: true, chargePercent: 80 });

const poll = async (
  clock: ReturnType<typeof fakeClock>,
  links: readonly UpsLink[],
  feedingUps: string | null = null,
) => {
  const news: (readonly UpsReading[])[] = [];
  const poller = createUpsPoller({
    clock,
    energy: { ...nothing, feedingUps },
    chance: () => 0.5,
    links,
    onChange: (readings) => news.push(readings),
  });
  poller.start();
  await clock.advanceMs(0);
  return { poller, news, first: () => poller.readings()[0] };
};

describe('a daemon that answers', () => {
  it('is asked at once and then every 5 s on one line', async () => {
    const clock = fakeClock();
    const link = fakeUpsLink('a', clock, [onLine]);
    const { first } = await poll(clock, [link]);
    await clock.advanceMs(15_000);
    expect(link.openedAtMs).toEqual([0]);
    expect(link.askedAtMs).toEqual([0, 5000, 10_000, 15_000]);
    expect(first()).toMatchObject({
      name: 'rack@a',
      onBattery: false,
      problem: null,
      feedsThisMachine: true,
    });
    expect(first()?.readAt).toBe('2026-01-05T10:00:15.000Z');
  });

  it('makes news when something changes, and only then', async () => {
    const clock = fakeClock();
    const link = fakeUpsLink('a', clock, [onLine]);
    const { news } = await poll(clock, [link]);
    await clock.advanceMs(20_000);
    expect(news).toHaveLength(1);
    link.mood = [onBattery];
    await clock.advanceMs(5000);
    expect(news).toHaveLength(2);
    expect(news[1]?.[0]).toMatchObject({ onBattery: true, chargePercent: 80 });
  });
});

describe('a daemon that falls silent', () => {
  it('is believed for 15 s, then marked with its age and cause, its last values kept', async () => {
    const clock = fakeClock();
    const link = fakeUpsLink('a', clock, [onBattery]);
    const { poller, news, first } = await poll(clock, [link]);
    await clock.advanceMs(5000);
    link.mood = 'nothing listens at a:1 (ECONNREFUSED)';
    await clock.advanceMs(14_999);
    expect(first()?.problem).toBeNull();
    expect(poller.sources()).toMatchObject([
      {
        address: 'a:1',
        problem: 'nothing listens at a:1 (ECONNREFUSED)',
        problemSince: '2026-01-05T10:00:10.000Z',
      },
    ]);
    const before = news.length;
    await clock.advanceMs(1);
    expect(news).toHaveLength(before + 1);
    await clock.advanceMs(2000);
    expect(first()).toMatchObject({
      onBattery: true,
      chargePercent: 80,
      problem: 'not answering for 17 s: nothing listens at a:1 (ECONNREFUSED)',
      readAt: '2026-01-05T10:00:05.000Z',
    });
    await clock.advanceMs(60_000);
    expect(news).toHaveLength(before + 1);
  });

  it('is marked even while a question hangs', async () => {
    const clock = fakeClock();
    const link = fakeUpsLink('a', clock, [onLine]);
    const { first } = await poll(clock, [link]);
    await clock.advanceMs(1);
    link.mood = HANGS;
    await clock.advanceMs(17_000);
    expect(first()?.problem).toBe('not answering for 17 s');
  });

  it('is tried again after 1, 2, 4 .. 60 s, for ever, and comes back at once', async () => {
    const clock = fakeClock();
    const link = fakeUpsLink('a', clock, 'refused');
    const { poller, first } = await poll(clock, [link]);
    await clock.advanceMs(400_000);
    const seconds = link.openedAtMs.map((ms) => ms / 1000);
    expect(seconds).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243, 303, 363]);
    expect(poller.sources()[0]?.failuresInARow).toBe(12);
    link.mood = [onLine];
    await clock.advanceMs(60_000);
    expect(first()).toMatchObject({ problem: null, onBattery: false });
    expect(poller.sources()[0]).toMatchObject({ problem: null, problemSince: null, failuresInARow: 0 });
    link.mood = 'refused';
    await clock.advanceMs(10_000);
    expect(link.openedAtMs.slice(-3)).toEqual([464_000, 466_000, 470_000]);
  });

  it('spreads its returns by a tenth either way', () => {
    expect([0, 0.5, 1].map((chance) => pauseBeforeReconnect(3, chance))).toEqual([7200, 8000, 8800]);
    expect(pauseBeforeReconnect(100_000, 0.5)).toBe(60_000);
  });

  it('that never answered stands in the list with the cause', async () => {
    const clock = fakeClock();
    const { poller, first } = await poll(clock, [fakeUpsLink('a', clock, 'nothing listens')]);
    expect(poller.readings()).toHaveLength(1);
    expect(first()).toEqual({
      ...UNKNOWN_UPS,
      name: 'nut@a',
      source: 'nut',
      feedsThisMachine: true,
      problem: 'nothing listens',
      readAt: null,
    });
  });

  it('delays no other', async () => {
    const clock = fakeClock();
    const good = fakeUpsLink(
      'b',
      clock,
      [upsAnswer('den@b', { status: 'ONLINE', onBattery: false })],
      'apcupsd',
    );
    await poll(clock, [fakeUpsLink('a', clock, HANGS), good]);
    await clock.advanceMs(10_000);
    expect(good.askedAtMs).toEqual([0, 5000, 10_000]);
  });
});

describe('a daemon that has lost its UPS', () => {
  it('is marked at once; the last good values stay', async () => {
    const clock = fakeClock();
    const link = fakeUpsLink('a', clock, [onBattery]);
    const { first } = await poll(clock, [link]);
    await clock.advanceMs(1);
    link.mood = [{ name: 'rack@a', facts: null, problem: 'data stale', commLost: true }];
    await clock.advanceMs(20_000);
    expect(first()).toMatchObject({
      problem: 'data stale',
      commLost: true,
      onBattery: true,
      chargePercent: 80,
      readAt: '2026-01-05T10:00:00.000Z',
    });
    link.mood = [onLine];
    await clock.advanceMs(5000);
    expect(first()).toMatchObject({ problem: null, commLost: false, onBattery: false });
  });

  it('does not pass on its old values as news', async () => {
    const clock = fakeClock();
    const link = fakeUpsLink('a', clock, [onBattery]);
    const { first } = await poll(clock, [link]);
    await clock.advanceMs(1);
    const old = { ...UNKNOWN_UPS, status: 'COMMLOST', commLost: true, chargePercent: 100 };
    link.mood = [{ name: 'rack@a', facts: old, problem: 'COMMLOST', commLost: true }];
    await clock.advanceMs(5000);
    expect(first()).toMatchObject({ onBattery: true, chargePercent: 80, commLost: true });
  });

  it('is believed when it shuts the machine down all the same', async () => {
    const clock = fakeClock();
    const link = fakeUpsLink('a', clock, [onLine]);
    const { first } = await poll(clock, [link]);
    await clock.advanceMs(1);
    const ending = {
      ...UNKNOWN_UPS,
      status: 'SHUTTING DOWN',
      commLost: true,
      forcedShutdown: true,
      onBattery: true,
    };
    link.mood = [{ name: 'rack@a', facts: ending, problem: 'COMMLOST', commLost: true }];
    await clock.advanceMs(5000);
    expect(first()).toMatchObject({ onBattery: true, forcedShutdown: true, commLost: true });
  });
});

describe('which UPS feeds this machine', () => {
  it('stays open until every daemon was tried', async () => {
    const clock = fakeClock();
    const slow = fakeUpsLink('b', clock, HANGS);
    const { first, poller } = await poll(clock, [fakeUpsLink('a', clock, [onLine]), slow]);
    await clock.advanceMs(1);
    expect(first()?.feedsThisMachine).toBe(false);
    expect(poller.readings()).toHaveLength(1);
  });

  it('is not guessed when one of two daemons is dead, but may be named', async () => {
    const clock = fakeClock();
    const links = [fakeUpsLink('a', clock, [onLine]), fakeUpsLink('b', clock, 'refused')];
    const guess = await poll(clock, links);
    const named = await poll(clock, links, 'rack@a');
    await clock.advanceMs(1);
    expect(guess.poller.readings().map((reading) => reading.feedsThisMachine)).toEqual([false, false]);
    expect(named.first()?.feedsThisMachine).toBe(true);
  });
});

describe('a UPS that its server no longer lists', () => {
  it('is kept with that problem for ten minutes', async () => {
    const clock = fakeClock();
    const link = fakeUpsLink('a', clock, [onBattery, upsAnswer('desk@a', { onBattery: false })]);
    const { poller, first } = await poll(clock, [link]);
    await clock.advanceMs(1);
    link.mood = [upsAnswer('desk@a', { onBattery: false })];
    await clock.advanceMs(60_000);
    expect(first()).toMatchObject({
      name: 'rack@a',
      onBattery: true,
      problem: 'its server no longer lists it',
    });
    await clock.advanceMs(600_000);
    expect(poller.readings().map((reading) => reading.name)).toEqual(['desk@a']);
  });
});

describe('stopping and waking', () => {
  it('closes the line and leaves no timer', async () => {
    const clock = fakeClock();
    const link = fakeUpsLink('a', clock, [onLine]);
    const { poller } = await poll(clock, [link]);
    await clock.advanceMs(7000);
    expect(link.openSessions()).toBe(1);
    poller.stop();
    expect(link.openSessions()).toBe(0);
    expect(clock.pending()).toBe(0);
    await clock.advanceMs(60_000);
    expect(link.askedAtMs).toEqual([0, 5000]);
  });

  it('asks anew on a fresh line after the machine woke', async () => {
    const clock = fakeClock();
    const link = fakeUpsLink('a', clock, [onLine]);
    const { poller } = await poll(clock, [link]);
    await clock.advanceMs(7000);
    poller.askNow();
    await clock.advanceMs(0);
    expect(link.openedAtMs).toEqual([0, 7000]);
    expect(link.askedAtMs).toEqual([0, 5000, 7000]);
    expect(link.openSessions()).toBe(1);
  });

  it('refuses an address that is none', () => {
    const clock = fakeClock();
    expect(() => createUpsPoller({ clock, energy: { ...nothing, nut: 'a:99999' }, chance: () => 0 })).toThrow(
      'is no address',
    );
  });
});
