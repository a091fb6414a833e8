import { beforeEach, describe, expect, it } from 'vitest';

import { createWellbeingDesk, currentWellbeing } from '../../../../renderer/store/wellbeing-desk.ts';
import type { WellbeingDesk, WellbeingDraft } from '../../../../renderer/store/wellbeing-desk.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import type { FakeClock } from '../../../fakes/fake-clock.ts';

describe('well-being desk', () => {
  let clock: FakeClock;
  let desk: WellbeingDesk;
  let sent: WellbeingDraft[];
  let kept: { value: number | null; tags: readonly string[]; effective: number; until: string | null };
  let isRefusing: boolean;

  beforeEach(async () => {
    clock = fakeClock();
    sent = [];
    kept = { value: null, tags: [], effective: 70, until: null };
    isRefusing = false;
    desk = createWellbeingDesk({
      clock,
      ask: (method, body) => {
        if (method === 'PUT' && body !== undefined) {
          sent.push(body);
          if (isRefusing) return Promise.reject(new Error('refused'));
          kept = {
            value: body.value,
            tags: body.tags,
            effective: body.value - 10 * body.tags.length,
            until: null,
          };
        }
        return Promise.resolve(kept);
      },
    });
    desk.refresh();
    await clock.advanceMs(0);
  });

  it('starts from what counts when nothing is set', () => {
    expect(currentWellbeing(desk.store.getState())).toEqual({ value: 70, tags: [] });
  });

  it('shows a change at once and sends only where the slider rests', async () => {
    for (const value of [69, 60, 52]) {
      desk.setValue(value);
      expect(currentWellbeing(desk.store.getState()).value).toBe(value);
      await clock.advanceMs(300);
    }
    expect(sent).toEqual([]);
    await clock.advanceMs(100);
    expect(sent).toEqual([{ value: 52, tags: [] }]);
    expect(desk.store.getState()).toMatchObject({ kept: { value: 52 }, draft: null, hasFailed: false });
  });

  it('sends number and tags together', async () => {
    desk.setValue(50);
    desk.setTag('on-call', true);
    desk.setTag('sick', true);
    desk.setTag('on-call', false);
    await clock.advanceMs(400);
    expect(sent).toEqual([{ value: 50, tags: ['sick'] }]);
  });

  it('takes a change back that was not kept, and says so until the next one', async () => {
    isRefusing = true;
    desk.setValue(10);
    await clock.advanceMs(400);
    expect(currentWellbeing(desk.store.getState()).value).toBe(70);
    expect(desk.store.getState().hasFailed).toBe(true);
    desk.setValue(20);
    expect(desk.store.getState().hasFailed).toBe(false);
  });

  it('does not let an answer of the core undo a change in the making', async () => {
    desk.setValue(30);
    desk.refresh();
    await clock.advanceMs(0);
    expect(currentWellbeing(desk.store.getState()).value).toBe(30);
  });
});
