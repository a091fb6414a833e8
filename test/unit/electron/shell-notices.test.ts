import { describe, expect, it } from 'vitest';

import type { ScreenNotice } from '../../../electron/notice-screen.ts';
import { createShellNotices } from '../../../electron/shell-notices.ts';
import type { Notice } from '../../../shared/contract/alert.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

const at = '2026-01-05T10:00:00.000Z';
const notice = (id: string, more: Partial<Notice> = {}): Notice => ({
  schemaVersion: 1,
  id,
  kind: 'alert',
  code: 'energy-dropped',
  severity: 'warning',
  title: `title ${id}`,
  text: 'text',
  project: null,
  since: at,
  at,
  replaces: 'energy',
  silent: false,
  desktop: 'shell',
  actions: [{ id: 'open', label: 'Show', does: { kind: 'open', address: '#/alerts' } }],
  ...more,
});

function setUp(first: string | null = null) {
  const clock = fakeClock();
  const screen = { why: first };
  const titles: string[] = [];
  const states: string[] = [];
  const done: unknown[] = [];
  const acts: ((id: string) => void)[] = [];
  let back = (): void => undefined;
  const notices = createShellNotices({
    clock,
    screen: {
      show({ title }: ScreenNotice, onAct) {
        if (screen.why === null) titles.push(title);
        acts.push(onAct);
        return Promise.resolve(screen.why);
      },
      check: () => Promise.resolve(screen.why),
      onBack: (listener) => (back = listener),
      stop: () => Promise.resolve(),
    },
    perform: (does) => done.push(does),
    onState: ({ notices: is, why }) => states.push(why === null ? is : `${is}: ${why}`),
  });
  notices.start();
  const take = async (one: unknown): Promise<void> => {
    notices.take(typeof one === 'string' ? one : JSON.stringify(one));
    await clock.advanceMs(1);
  };
  return { notices, take, clock, screen, titles, states, done, acts, back: () => back() };
}

describe('notices of the core', () => {
  it('are shown once each, however often they are heard', async () => {
    const { take, titles, states } = setUp();
    await take(notice('a'));
    await take(notice('a'));
    await take(notice('b'));
    expect(titles).toEqual(['title a', 'title b']);
    expect(states).toEqual(['shown']);
  });

  it('are still known to be shown when the look after the start comes later', async () => {
    const { take, clock, states } = setUp();
    await take(notice('a'));
    await clock.advanceMs(5_000);
    expect(states).toEqual(['shown']);
  });

  it.each([
    ['one that the core shows itself', notice('a', { desktop: 'core' })],
    ['one that is switched off', notice('a', { desktop: 'off' })],
    ['garbage', '{'],
    ['another shape', { id: 'a' }],
  ])('are left alone: %s', async (_, one) => {
    const { take, titles } = setUp();
    await take(one);
    expect(titles).toEqual([]);
  });

  it('do what was chosen, and nothing for an action nobody offered', async () => {
    const { take, acts, done } = setUp();
    await take(notice('a'));
    acts[0]?.('other');
    acts[0]?.('open');
    expect(done).toEqual([{ kind: 'open', address: '#/alerts' }]);
  });
});

describe('a desktop that shows none', () => {
  it('is told two seconds after the start', async () => {
    const { clock, states } = setUp('no service');
    await clock.advanceMs(1_999);
    expect(states).toEqual([]);
    await clock.advanceMs(2);
    expect(states).toEqual(['refused: no service']);
  });

  it('gets what it missed when its service is there, the newest of each kind', async () => {
    const { take, screen, titles, states, back, clock } = setUp('no service');
    await take(notice('a'));
    await take(notice('b'));
    await take(notice('c', { replaces: 'shop' }));
    expect(states).toEqual(['refused: no service']);
    screen.why = null;
    back();
    await clock.advanceMs(1);
    expect(titles).toEqual(['title b', 'title c']);
    expect(states.at(-1)).toBe('shown');
    back();
    await clock.advanceMs(1);
    expect(titles).toHaveLength(2);
  });

  it('gets no old news', async () => {
    const { take, screen, titles, back, clock } = setUp('no service');
    await take(notice('a'));
    await clock.advanceMs(10 * 60_000);
    screen.why = null;
    back();
    await clock.advanceMs(1);
    expect(titles).toEqual([]);
  });
});
