import type { ChannelTrouble } from '../../shared/alerts/alert-rule.ts';
import type { NoticeDraft } from '../../shared/alerts/notice-draft.ts';
import { noticeWords, type Audience } from '../../shared/alerts/notice-words.ts';
import type { ChannelState } from '../../shared/contract/alert.ts';
import type { AlertsConfig } from '../../shared/contract/alerts-config.ts';
import { isoNow, type Clock } from '../clock.ts';
import { createDeliveryQueue, type SavedQueue } from './delivery-queue.ts';
import type { OutsideChannel } from './outside-channel.ts';
import type { SavedValue } from './saved-value.ts';
import { testNotice } from './test-notice.ts';

/** One channel that leads elsewhere, with what waits for it and what is known of it. */
export interface OutsidePost {
  add(draft: NoticeDraft): void;
  /** One try now, past the queue and whether or not it is switched on. One that arrives lets the queue go on. */
  test(): Promise<ChannelState>;
  /** Settings or a secret changed. */
  resume(): void;
  state(): ChannelState;
  /** What a person should know; null while there is nothing. */
  trouble(): ChannelTrouble | null;
  start(): void;
  stop(): void;
}

/** It tries again by itself; after so long a person is told. */
const TOLD_AFTER_MS = 15 * 60_000;

export function createOutsidePost(parts: {
  readonly name: 'slack' | 'email';
  readonly clock: Clock;
  readonly chance: () => number;
  readonly saved: SavedValue<SavedQueue>;
  readonly channel: OutsideChannel;
  readonly settings: () => AlertsConfig;
  readonly onChange: () => void;
}): OutsidePost {
  const { name, clock, channel } = parts;
  const own = (): AlertsConfig['slack'] | AlertsConfig['email'] => parts.settings()[name];
  const audience = (): Audience => ({ channel: name, floor: own().floor, isOutside: true });
  const queue = createDeliveryQueue({ ...parts, audience, isEnabled: () => own().enabled });
  let test: ChannelState['test'] = null;

  const state = (): ChannelState => {
    const { enabled, floor } = own();
    const { stopped, failing, waitingCount, lastDeliveredAtMs } = queue.state();
    return {
      name,
      enabled,
      floor,
      state: !enabled ? 'off' : stopped !== null ? 'stopped' : failing !== null ? 'failing' : 'ready',
      problem: stopped ?? failing?.why ?? null,
      waitingCount,
      lastDeliveredAt: lastDeliveredAtMs === null ? null : new Date(lastDeliveredAtMs).toISOString(),
      test,
    };
  };

  return {
    state,
    add(draft) {
      if (own().enabled) queue.add(draft);
    },
    async test() {
      const at = isoNow(clock);
      test = { at, result: 'running', why: null };
      const draft = testNotice(clock.wallMs());
      const words = noticeWords(draft, audience());
      if (words === null) throw new Error('A test is for every channel.');
      const delivery = await channel.deliver({ id: draft.id, atMs: draft.atMs, words });
      const isGood = delivery.kind === 'delivered';
      test = { at, result: isGood ? 'delivered' : 'failed', why: isGood ? null : delivery.why };
      if (isGood) queue.resume();
      parts.onChange();
      return state();
    },
    resume: () => queue.resume(),
    trouble() {
      const { stopped, failing } = queue.state();
      if (!own().enabled) return null;
      if (stopped !== null) return { name, state: 'stopped', why: stopped };
      if (failing === null || clock.monotonicMs() - failing.sinceMonotonicMs < TOLD_AFTER_MS) return null;
      return { name, state: 'failing', why: failing.why };
    },
    start: () => queue.start(),
    stop: () => queue.stop(),
  };
}
