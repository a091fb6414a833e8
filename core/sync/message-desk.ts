import { MESSAGE_ACTS, type MessageAct, type PushReply, type SyncReply } from '../../shared/contract/sync.ts';
import { isoNow, type Clock } from '../clock.ts';
import type { RecordStore } from '../history/record.ts';
import type { OutboxMessage } from './message.ts';
import type { Outbox } from './outbox.ts';
import type { SyncRefusal } from './sync-desk.ts';

type ShownMessage = SyncReply['messages'][number];

/** What a person may do about what waits or was given up. */
export interface MessageDesk {
  /** Newest first. */
  shown(): ShownMessage[];
  /** Tells one that was given up after all; what may not arrive twice is looked for first. */
  retry(id: string): ShownMessage | SyncRefusal;
  /** Never tells it. It is kept with its reason, so that nobody asks for it again, and shown no more. */
  drop(id: string): { readonly id: string } | SyncRefusal;
  /** Tries at once whatever waits, at every mirror; the limits of the services hold all the same. */
  push(): PushReply;
}

const MOST_MESSAGES = 100;
/** Whoever presses again and again starts no storm. */
const PUSH_GAP_MS = 10_000;

export function createMessageDesk(parts: {
  readonly clock: Clock;
  readonly who: string;
  readonly record: Pick<RecordStore, 'audit'>;
  readonly outbox: Outbox;
  /** Lets everything that is held go on. */
  readonly pushAll: () => void;
}): MessageDesk {
  const { clock, outbox, who } = parts;
  const { store } = outbox;
  let pushedAtMs: number | null = null;

  const audit = (act: string, message: OutboxMessage | null): void => {
    const { destination, act: request, id, outcome } = message ?? {};
    const detail = message === null ? {} : { destination, request, id, why: outcome };
    const project = message?.project ?? null;
    parts.record.audit({ at: isoNow(clock), actor: who, act, project, cause: 'a person asked', detail });
  };
  /** Null when the person may, else why not. */
  const refusal = (message: OutboxMessage, act: MessageAct): string | null => {
    const { state, kind, destination, key, sequence } = message;
    if (act === 'drop') {
      const isOpen = state === 'waiting' || state === 'dead';
      return isOpen ? null : 'It is on its way or may have arrived: wait until that is known.';
    }
    if (state !== 'dead') return 'It was not given up.';
    const isOutdated = kind === 'state' && store.last(destination, key)?.sequence !== sequence;
    return isOutdated ? 'Something newer of the same was told since.' : null;
  };
  const view = (message: OutboxMessage): ShownMessage => {
    const { id, destination, act, project, cause, queuedAtMs, triesCount, outcome } = message;
    const state = message.state === 'sent' ? 'sending' : message.state;
    const queuedAt = new Date(queuedAtMs).toISOString();
    const can = MESSAGE_ACTS.filter((one) => refusal(message, one) === null);
    return { id, destination, act, project, cause, state, queuedAt, triesCount, why: outcome, can };
  };
  const asked = <T extends object>(
    id: string,
    act: MessageAct,
    run: (message: OutboxMessage) => T,
  ): T | SyncRefusal =>
    outbox.within(() => {
      const message = store.named(id);
      if (message === null || message.state === 'sent')
        return { refused: 'not-found', text: 'There is no such message any more.', field: 'id' };
      const text = refusal(message, act);
      return text === null ? run(message) : { refused: 'invalid', text, field: 'id' };
    });

  return {
    shown: () => store.shown(MOST_MESSAGES).map(view),
    retry: (id) =>
      asked(id, 'retry', (message) => {
        const mayHaveArrived = !message.isRepeatable && message.claimedAtMs !== null;
        store.revive(message.sequence, mayHaveArrived ? 'unsure' : 'waiting', clock.wallMs());
        audit('sync-retry', message);
        outbox.wake();
        return view(store.one(message.sequence) ?? message);
      }),
    drop: (id) =>
      asked(id, 'drop', (message) => {
        if (message.state === 'waiting')
          store.end(message.sequence, 'dead', `dropped by ${who}`, clock.wallMs());
        store.hide(id, clock.wallMs());
        audit('sync-drop', message);
        outbox.wake();
        return { id };
      }),
    push() {
      const nowMs = clock.monotonicMs();
      if (pushedAtMs !== null && nowMs - pushedAtMs < PUSH_GAP_MS) return { isPushed: false };
      pushedAtMs = nowMs;
      outbox.within(() => {
        for (const destination of store.destinations()) store.hasten(destination);
        audit('sync-push', null);
      });
      parts.pushAll();
      return { isPushed: true };
    },
  };
}
