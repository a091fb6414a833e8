import type { NoticeDraft } from '../../shared/alerts/notice-draft.ts';
import { noticeWords, type Audience } from '../../shared/alerts/notice-words.ts';
import type { Clock } from '../clock.ts';
import type { OutsideChannel } from './outside-channel.ts';
import { retryWaitMs } from './retry-wait.ts';
import type { SavedValue } from './saved-value.ts';

/** What outlives the core. */
export interface SavedQueue {
  readonly waiting: readonly { readonly draft: NoticeDraft; readonly queuedAtMs: number }[];
  /** Ids that were taken or delivered: one notice is delivered once. */
  readonly known: readonly string[];
  /** Why a person is needed; null while none is. */
  readonly stopped: string | null;
  readonly lastDeliveredAtMs: number | null;
}

export const NO_QUEUE: SavedQueue = { waiting: [], known: [], stopped: null, lastDeliveredAtMs: null };

export interface DeliveryQueueParts {
  readonly clock: Clock;
  readonly chance: () => number;
  readonly saved: SavedValue<SavedQueue>;
  readonly channel: OutsideChannel;
  readonly audience: () => Audience;
  readonly isEnabled: () => boolean;
  /** Something about the channel changed that alerts or a person should see. */
  readonly onChange: () => void;
}

export interface DeliveryQueue {
  add(draft: NoticeDraft): void;
  /** New settings, a new secret or a test that arrived: whatever stopped it may be over. */
  resume(): void;
  /** Starts sending what waits. */
  start(): void;
  stop(): void;
  state(): QueueState;
}

export interface QueueState {
  readonly stopped: string | null;
  /** Why the last try failed, and since when none succeeded; null when none did. */
  readonly failing: { readonly why: string; readonly sinceMonotonicMs: number } | null;
  readonly waitingCount: number;
  readonly lastDeliveredAtMs: number | null;
}

/** Slack takes about one message a second. */
const GAP_MS = 1_000;
/** What waited for longer is told as one. */
const OLD_MS = 10 * 60_000;
/** Kept at most so long, and so many. */
const KEPT_MS = 7 * 24 * 60 * 60_000;
const MOST_WAITING = 200;
const KNOWN_COUNT = 200;

/**
 * Gets notices to one place, in order, each at least once and under one id; over restarts and outages. One at a time;
 * a failure is tried again with growing waits, a refusal for good stops the queue and keeps what waits.
 */
export function createDeliveryQueue(parts: DeliveryQueueParts): DeliveryQueue {
  const { clock, saved } = parts;
  let failuresCount = 0;
  let failing: QueueState['failing'] = null;
  let isStarted = false;
  let isSending = false;
  let cancelWait: (() => void) | null = null;

  const change = (next: Partial<SavedQueue>): void => saved.set({ ...saved.get(), ...next });
  const wait = (ms: number): void => {
    cancelWait?.();
    cancelWait = clock.after(ms, () => {
      cancelWait = null;
      pump();
    });
  };
  const pump = (): void => {
    const { waiting, stopped } = saved.get();
    if (!isStarted || isSending || cancelWait !== null || stopped !== null) return;
    if (waiting.length === 0 || !parts.isEnabled()) return;
    isSending = true;
    void sendFirst().finally(() => {
      isSending = false;
      pump();
    });
  };

  const sendFirst = async (): Promise<void> => {
    change({ waiting: gathered(saved.get().waiting, clock.wallMs()) });
    const [first] = saved.get().waiting;
    if (first === undefined) return;
    const words = noticeWords(first.draft, parts.audience());
    const { id, atMs } = first.draft;
    const delivery =
      words === null ? ({ kind: 'delivered' } as const) : await parts.channel.deliver({ id, atMs, words });
    switch (delivery.kind) {
      case 'delivered': {
        failuresCount = 0;
        failing = null;
        const waiting = saved.get().waiting.filter(({ draft }) => draft.id !== id);
        change({
          waiting,
          lastDeliveredAtMs: words === null ? saved.get().lastDeliveredAtMs : clock.wallMs(),
        });
        wait(GAP_MS);
        break;
      }
      case 'later':
        failuresCount += 1;
        failing = { why: delivery.why, sinceMonotonicMs: failing?.sinceMonotonicMs ?? clock.monotonicMs() };
        wait(retryWaitMs(failuresCount, delivery.afterMs, parts.chance()));
        break;
      case 'stop':
        failing = null;
        change({ stopped: delivery.why });
    }
    parts.onChange();
  };

  return {
    add(draft) {
      const { known, waiting } = saved.get();
      if (known.includes(draft.id) || noticeWords(draft, parts.audience()) === null) return;
      change({
        known: [...known, draft.id].slice(-KNOWN_COUNT),
        waiting: [...waiting, { draft, queuedAtMs: clock.wallMs() }].slice(-MOST_WAITING),
      });
      pump();
    },
    resume() {
      failuresCount = 0;
      failing = null;
      cancelWait?.();
      cancelWait = null;
      change({ stopped: null });
      pump();
    },
    start() {
      isStarted = true;
      pump();
    },
    stop() {
      isStarted = false;
      cancelWait?.();
      cancelWait = null;
    },
    state() {
      const { waiting, stopped, lastDeliveredAtMs } = saved.get();
      return { stopped, failing, waitingCount: waiting.length, lastDeliveredAtMs };
    },
  };
}

/** Several of which the first is old become one; what is older than a week is let go. */
function gathered(waiting: SavedQueue['waiting'], nowMs: number): SavedQueue['waiting'] {
  const kept = waiting.filter(({ queuedAtMs }) => nowMs - queuedAtMs < KEPT_MS);
  const [first, ...rest] = kept;
  const last = rest.at(-1);
  if (first === undefined || last === undefined || nowMs - first.queuedAtMs < OLD_MS) return kept;
  const draft: NoticeDraft = {
    // Of the last one in it: sent again after a restart it is still the same.
    id: `late-${last.draft.id}`,
    kind: 'summary',
    atMs: last.draft.atMs,
    replaces: 'summary',
    silent: true,
    parts: kept.flatMap((entry) => entry.draft.parts),
  };
  return [{ draft, queuedAtMs: first.queuedAtMs }];
}
