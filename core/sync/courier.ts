import type { MirrorState } from '../../shared/contract/sync.ts';
import type { Clock } from '../clock.ts';
import type { RecordStore } from '../history/record.ts';
import { createHolds } from './holds.ts';
import type { Carrier, Delivery, OutboxMessage } from './message.ts';
import type { MessageCounts } from './message-tally.ts';
import { createMirrorNotes, type NotesView } from './mirror-notes.ts';
import type { Outbox } from './outbox.ts';
import type { WaitingHead } from './outbox-store.ts';
import { createSettlement, STOPPED_WAIT_MS } from './settlement.ts';

/** Brings one destination's messages out of the outbox, one at a time. */
export interface Courier {
  start(): void;
  /** Waits a moment for what is on its way; what takes longer is recovered by the next start. */
  stop(): Promise<void>;
  /** Settings, a key or the network changed: whatever holds it may be over. */
  resume(): void;
  /** How a request fared that is no message, such as reading back: what it found out holds for messages too. */
  note(outcome: SideNote): void;
  /** The same object until something changes. */
  state(): MirrorState;
}

export type SideNote =
  /** `remark` is shown though nothing fails: a clock that is wrong. */
  | { readonly kind: 'reached'; readonly remark: string | null }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'stop'; readonly why: string; readonly afterMs?: number };

export interface CourierParts {
  readonly clock: Clock;
  readonly chance: () => number;
  readonly outbox: Outbox;
  readonly record: Pick<RecordStore, 'audit'>;
  readonly carrier: Carrier;
  readonly onFault: (error: unknown) => void;
}

/** Every snapshot asks for the state, which seldom changes. */
interface Told {
  readonly view: NotesView;
  readonly counts: MessageCounts;
  readonly nextTryAtMs: number | null;
  readonly state: MirrorState;
}

const DAY_MS = 24 * 60 * 60_000;
/** What was not delivered by then is given up (6-reliability). */
export const DEAD_AFTER_MS = 7 * DAY_MS;
const LONGEST_WAIT_MS = 5 * 60_000;
/** The disk takes nothing: claims must be kept before anything is sent. */
const UNWRITTEN_WAIT_MS = 30_000;
/** The end of the core does not wait for a request that hangs. */
const LAST_WAIT_MS = 2_000;
const PRUNE_EVERY_MS = 60 * 60_000;

export function createCourier(parts: CourierParts): Courier {
  const { clock, outbox, carrier } = parts;
  const { store } = outbox;
  const { destination } = carrier;
  const notes = createMirrorNotes(store, destination);
  const holds = createHolds(clock, parts.chance, carrier.longestWaitMs ?? LONGEST_WAIT_MS);
  const settlement = createSettlement({ ...parts, notes, holds });
  let isStarted = false;
  let hearNoMore: (() => void) | null = null;
  let isBusy = false;
  let isAbandoned = false;
  let onIdle: (() => void) | null = null;
  let cancelWait: (() => void) | null = null;
  let nextTryAtMs: number | null = null;
  let prunedAtMs: number | null = null;
  let told: Told | null = null;

  /** A clock that was set back must not hold a message for ever. */
  const untilDueMs = ({ dueAtMs }: WaitingHead): number =>
    Math.min(Math.max(0, dueAtMs - clock.wallMs()), STOPPED_WAIT_MS);
  const gapMs = ({ key, act }: WaitingHead): number => {
    const least = carrier.keyGapMs(act);
    if (least > 0 && !holds.has(`key ${key}`)) {
      const lastMs = store.lastSentAtMs(destination, key);
      holds.hold(`key ${key}`, lastMs === null ? 0 : least - (clock.wallMs() - lastMs));
    }
    return Math.min(least, holds.leftMs(`key ${key}`));
  };

  const schedule = (ms: number): void => {
    cancelWait?.();
    nextTryAtMs = clock.wallMs() + ms;
    cancelWait = clock.after(ms, () => {
      cancelWait = null;
      nextTryAtMs = null;
      pump();
    });
  };

  /** What was on its way when the core ended, or when its outcome could not be kept. */
  const recover = (): void => {
    const stray = store.sending(destination);
    if (stray.length === 0) return;
    outbox.within(() => {
      for (const message of stray) {
        const state = message.isRepeatable ? 'waiting' : 'unsure';
        store.postpone(message.sequence, state, 0, 'the core ended while it was sent');
      }
    });
  };

  const giveUpOld = (): void => {
    const nowMs = clock.wallMs();
    const oldestMs = store.counts(destination).oldestQueuedAtMs ?? nowMs;
    const old = oldestMs >= nowMs - DEAD_AFTER_MS ? [] : store.olderThan(destination, nowMs - DEAD_AFTER_MS);
    for (const message of old) {
      const last = message.outcome ?? 'never tried';
      settlement.giveUp(message, `not delivered within 7 days: ${last}`);
    }
    if (prunedAtMs !== null && nowMs - prunedAtMs < PRUNE_EVERY_MS) return;
    prunedAtMs = nowMs;
    outbox.within(() => store.prune(nowMs));
  };

  const look = async (message: OutboxMessage): Promise<void> => {
    const unreadable = carrier.unreadable?.(message) ?? null;
    if (unreadable !== null) {
      settlement.giveUp(message, unreadable);
      return;
    }
    if (carrier.find === undefined) {
      settlement.giveUp(message, `it may have arrived: ${message.outcome ?? 'its answer was lost'}`);
      return;
    }
    const found = await carrier.find(message);
    if (!isAbandoned) settlement.found(message, found);
  };

  const deliver = async (message: OutboxMessage): Promise<void> => {
    let delivery: Delivery;
    try {
      const unreadable = carrier.unreadable?.(message) ?? null;
      delivery = unreadable === null ? await carrier.send(message) : { kind: 'refused', why: unreadable };
    } catch (error) {
      parts.onFault(error);
      delivery = { kind: 'unsure', why: 'an error of our own' };
    }
    if (!isAbandoned) settlement.sent(message, delivery);
  };

  /** The act to do now, or how long until there may be one; null when nothing waits. */
  const next = (): { readonly act: () => Promise<void> } | { readonly waitMs: number } | null => {
    let soonestMs = Infinity;
    /** A budget that is used up is so for all that share it: thousands may wait behind the first. */
    const spentMs = new Map<string, number>();
    // Those that were never tried come first, then the one that was tried longest ago: one that fails again and again
    // keeps nobody else waiting.
    for (const head of store.heads(destination)) {
      const heldMs = Math.max(untilDueMs(head), holds.leftMs('all'), holds.leftMs(`act ${head.act}`));
      let waitMs = heldMs;
      if (head.state !== 'unsure' && waitMs === 0) waitMs = spentMs.get(head.act) ?? gapMs(head);
      if (head.state !== 'unsure' && waitMs === 0) {
        waitMs = claim(head);
        if (waitMs > 0) spentMs.set(head.act, waitMs);
      }
      const message = waitMs === 0 ? store.one(head.sequence) : null;
      if (message !== null)
        return { act: () => (head.state === 'unsure' ? look(message) : deliver(message)) };
      soonestMs = Math.min(soonestMs, waitMs);
    }
    return soonestMs === Infinity ? null : { waitMs: soonestMs };
  };

  /** In one transaction with the budget, so that a crash never gives a request back. */
  const claim = (message: WaitingHead): number =>
    outbox.within(() => {
      const waitMs = carrier.take(message.act);
      if (waitMs > 0) return waitMs;
      store.claim(message.sequence, clock.wallMs());
      return 0;
    });

  const pump = (): void => {
    if (!isStarted || isBusy || !carrier.isEnabled()) return;
    try {
      recover();
      giveUpOld();
      // Thousands may wait: none of them is looked at while none may go.
      const heldMs = holds.leftMs('all');
      if (heldMs > 0 && store.counts(destination).open > 0) {
        schedule(heldMs);
        return;
      }
      const chosen = next();
      if (chosen === null) {
        cancelWait?.();
        cancelWait = null;
        nextTryAtMs = null;
        return;
      }
      if ('waitMs' in chosen) {
        schedule(Math.max(chosen.waitMs, 1));
        return;
      }
      isBusy = true;
      nextTryAtMs = clock.wallMs();
      chosen.act().then(
        () => again(),
        (error: unknown) => {
          parts.onFault(error);
          holds.hold('all', UNWRITTEN_WAIT_MS);
          again();
        },
      );
    } catch (error) {
      parts.onFault(error);
      holds.hold('all', UNWRITTEN_WAIT_MS);
      schedule(UNWRITTEN_WAIT_MS);
    }
  };
  const again = (): void => {
    isBusy = false;
    onIdle?.();
    pump();
  };

  return {
    start() {
      isStarted = true;
      hearNoMore ??= outbox.onPut(pump);
      pump();
    },
    async stop() {
      isStarted = false;
      hearNoMore?.();
      hearNoMore = null;
      cancelWait?.();
      cancelWait = null;
      nextTryAtMs = null;
      if (!isBusy) return;
      await new Promise<void>((resolve) => {
        const cancel = clock.after(LAST_WAIT_MS, resolve);
        onIdle = () => {
          cancel();
          resolve();
        };
      });
      isAbandoned = isBusy;
    },
    resume() {
      holds.release('whatever');
      notes.resumed();
      pump();
    },
    note(outcome) {
      switch (outcome.kind) {
        case 'reached':
          notes.succeeded(clock.wallMs());
          notes.remark(outcome.remark);
          // What waits for the network need not wait any longer.
          if (holds.release('failing')) pump();
          return;
        case 'failed':
          notes.failed(outcome.why, clock.wallMs());
          return;
        case 'stop':
          notes.failed(outcome.why, clock.wallMs());
          notes.stopped(outcome.why);
          holds.hold('all', outcome.afterMs ?? STOPPED_WAIT_MS);
      }
    },
    state() {
      const view = notes.view(carrier.isEnabled());
      const counts = store.counts(destination);
      if (told?.view === view && told.counts === counts && told.nextTryAtMs === nextTryAtMs)
        return told.state;
      const state = {
        ...view,
        queuedCount: counts.open,
        unsureCount: counts.unsure,
        deadCount: counts.dead,
        oldestQueuedAt: isoText(counts.oldestQueuedAtMs),
        nextTryAt: isoText(nextTryAtMs),
      };
      told = { view, counts, nextTryAtMs, state };
      return state;
    },
  };
}

function isoText(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
