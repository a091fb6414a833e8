import { EventEmitter } from 'node:events';

import type { NotificationConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';

import type { ScreenNotice } from '../../../electron/notice-screen.ts';
import { createSystemNotices } from '../../../electron/system-notices.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

const notice: ScreenNotice = {
  tag: 'energy',
  title: 'Battery 4 %',
  text: 'Plug in.',
  severity: 'critical',
  silent: true,
  actions: [
    { id: 'open', label: 'Show' },
    { id: 'quiet', label: 'Quiet' },
  ],
};

function setUp(answer: 'show' | 'failed' | null, isSupported = true) {
  const clock = fakeClock();
  const made: (EventEmitter & { options: NotificationConstructorOptions; isClosed: boolean })[] = [];
  const chosen: string[] = [];
  const screen = createSystemNotices({
    clock,
    isSupported: () => isSupported,
    make(options) {
      const one = Object.assign(new EventEmitter(), {
        options,
        isClosed: false,
        close: () => (one.isClosed = true),
        show: () => answer !== null && one.emit(answer),
      });
      made.push(one);
      return one as never;
    },
  });
  return { clock, made, chosen, show: () => screen.show(notice, (id) => chosen.push(id)), screen };
}

describe('notices of macOS and Windows', () => {
  it('says what there is to say, the first action being the click', async () => {
    const { made, chosen, show } = setUp('show');
    expect(await show()).toBeNull();
    expect(made[0]?.options).toEqual({
      title: 'Battery 4 %',
      body: 'Plug in.',
      silent: true,
      urgency: 'critical',
      actions: [{ type: 'button', text: 'Quiet' }],
    });
    made[0]?.emit('click');
    made[0]?.emit('action', {}, 0);
    made[0]?.emit('action', {}, 7);
    expect(chosen).toEqual(['open', 'quiet']);
  });

  it('takes the place of one of the same tag', async () => {
    const { made, show } = setUp('show');
    await show();
    await show();
    expect(made.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  });

  it('knows when none was shown', async () => {
    const words = 'the system did not show a notice; see its notification settings';
    expect(await setUp('failed').show()).toBe(words);
    const silent = setUp(null);
    const answer = silent.show();
    await silent.clock.advanceMs(2_000);
    expect(await answer).toBe(words);
    expect(await setUp('show', false).show()).toBe('this system shows no notices');
    expect(await setUp('show', false).screen.check()).toBe('this system shows no notices');
  });
});
