import { describe, expect, it } from 'vitest';

import { createDeliveryQueue, NO_QUEUE, type SavedQueue } from '../../../../core/alerts/delivery-queue.ts';
import type { Delivery, OutsideMessage } from '../../../../core/alerts/outside-channel.ts';
import { retryWaitMs } from '../../../../core/alerts/retry-wait.ts';
import { createSavedValue } from '../../../../core/alerts/saved-value.ts';
import { createMemoryRecord } from '../../../../core/history/memory-record.ts';
import type { NoticeDraft } from '../../../../shared/alerts/notice-draft.ts';
import type { AlertSeverity } from '../../../../shared/contract/vocabulary.ts';
import { fakeClock, type FakeClock } from '../../../fakes/fake-clock.ts';

const HOUR_MS = 3_600_000;
const OFFLINE: Delivery = { kind: 'later', why: 'ECONNREFUSED', afterMs: null };

function draft(id: string, atMs: number, severity: AlertSeverity = 'warning'): NoticeDraft {
  return {
    id,
    kind: 'alert',
    atMs,
    replaces: id,
    silent: false,
    parts: [
      {
        id: `halted/${id}`,
        code: 'halted',
        severity,
        title: `${id} halted`,
        text: 'Only reverts pass.',
        outsideText: null,
        project: id,
        sinceMs: atMs,
        channels: ['desktop', 'slack', 'email'],
        tag: id,
        isNews: false,
        isOver: false,
      },
    ],
  };
}

function post(clock: FakeClock = fakeClock(), record = createMemoryRecord()) {
  const delivered: OutsideMessage[] = [];
  const tries: number[] = [];
  let answer: Delivery = { kind: 'delivered' };
  let isEnabled = true;
  const queue = createDeliveryQueue({
    clock,
    chance: () => 1,
    saved: createSavedValue<SavedQueue>('queue', NO_QUEUE, { clock, record, onFault: () => undefined }),
    channel: {
      deliver(message) {
        tries.push(clock.monotonicMs());
        if (answer.kind === 'delivered') delivered.push(message);
        return Promise.resolve(answer);
      },
    },
    audience: () => ({ channel: 'slack', floor: 'warning', isOutside: true }),
    isEnabled: () => isEnabled,
    onChange: () => undefined,
  });
  queue.start();
  return {
    clock,
    record,
    queue,
    delivered,
    tries,
    answers: (next: Delivery) => {
      answer = next;
    },
    enables: (next: boolean) => {
      isEnabled = next;
    },
    /** Lets what was begun come to its end. */
    settles: () => clock.advanceMs(0),
  };
}

describe('what waits for a channel', () => {
  it('is delivered once, in order, a second apart', async () => {
    const { clock, queue, delivered, tries, settles } = post();
    for (const id of ['a', 'b', 'a', 'c']) queue.add(draft(id, clock.wallMs()));
    await settles();
    await clock.advanceMs(10_000);
    queue.add(draft('b', clock.wallMs()));
    await clock.advanceMs(10_000);
    expect(delivered.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(tries).toEqual([0, 1000, 2000]);
  });

  it('is nothing below the floor', async () => {
    const { clock, queue, tries } = post();
    queue.add(draft('a', 0, 'info'));
    await clock.advanceMs(10_000);
    expect(tries).toEqual([]);
  });

  it('survives an hour offline: waits grow to five minutes, then one message tells it all', async () => {
    const { clock, queue, delivered, tries, answers, settles } = post();
    answers(OFFLINE);
    const ids = Array.from({ length: 12 }, (_, at) => `p${at}`);
    for (const id of ids) {
      queue.add(draft(id, clock.wallMs()));
      await settles();
      await clock.advanceMs(HOUR_MS / 12);
    }
    const gaps = tries.slice(1).map((at, index) => at - tries[index]!);
    expect(gaps.slice(0, 6)).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000]);
    expect(Math.max(...gaps)).toBe(300_000);
    expect(queue.state().failing?.why).toBe('ECONNREFUSED');
    answers({ kind: 'delivered' });
    await clock.advanceMs(300_000);
    expect(delivered).toHaveLength(1);
    expect(delivered[0]?.words.title).toBe('12 notices');
    for (const id of ids) expect(delivered[0]?.words.text).toContain(`${id} halted. Only reverts pass.`);
    expect(queue.state()).toMatchObject({ waitingCount: 0, failing: null, stopped: null });
  });

  it('is kept over a restart, in order, under the same id', async () => {
    const first = post();
    first.answers(OFFLINE);
    for (const id of ['a', 'b', 'c']) first.queue.add(draft(id, first.clock.wallMs()));
    await first.settles();
    await first.clock.advanceMs(2000);
    first.queue.stop();
    const second = post(fakeClock(), first.record);
    second.queue.add(draft('b', 0));
    await second.settles();
    await second.clock.advanceMs(10_000);
    expect(second.delivered.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('obeys what the other side asked for, up to an hour', async () => {
    const { clock, queue, tries, answers, settles } = post();
    answers({ kind: 'later', why: 'Slack asks to wait', afterMs: 30_000 });
    queue.add(draft('a', 0));
    await settles();
    await clock.advanceMs(29_999);
    expect(tries).toEqual([0]);
    await clock.advanceMs(1);
    expect(tries).toEqual([0, 30_000]);
    expect(retryWaitMs(1, 24 * HOUR_MS, 0)).toBe(HOUR_MS);
  });

  it('stops for good on a refusal for good, tells why, and goes on when that was mended', async () => {
    const { clock, queue, delivered, tries, answers, record } = post();
    answers({ kind: 'stop', why: '404 no_service' });
    queue.add(draft('a', 0));
    queue.add(draft('b', 0));
    await clock.advanceMs(HOUR_MS);
    expect(tries).toEqual([0]);
    expect(queue.state()).toMatchObject({ stopped: '404 no_service', waitingCount: 2 });
    const later = post(fakeClock(), record);
    await later.clock.advanceMs(HOUR_MS);
    expect(later.tries).toEqual([]);
    answers({ kind: 'delivered' });
    queue.resume();
    await clock.advanceMs(10_000);
    expect(delivered.map(({ words }) => words.title)).toEqual(['2 notices']);
    expect(queue.state()).toMatchObject({ stopped: null, waitingCount: 0 });
  });

  it('waits while the channel is switched off, for a week at most', async () => {
    const { clock, queue, delivered, enables } = post();
    enables(false);
    queue.add(draft('old', clock.wallMs()));
    await clock.advanceMs(8 * 24 * HOUR_MS);
    queue.add(draft('new', clock.wallMs()));
    enables(true);
    queue.resume();
    await clock.advanceMs(1000);
    expect(delivered.map(({ id }) => id)).toEqual(['new']);
  });

  it('is spread by chance and never less than a second apart', () => {
    expect([1, 2, 3, 9, 10, 99].map((failures) => retryWaitMs(failures, null, 1))).toEqual([
      1000, 2000, 4000, 256_000, 300_000, 300_000,
    ]);
    expect(retryWaitMs(9, null, 0)).toBe(1000);
    expect(retryWaitMs(9, null, 0.5)).toBe(128_000);
  });
});
