import { isoNow, type Clock } from '../clock.ts';
import type { RecordStore } from '../history/record.ts';
import type { Holds } from './holds.ts';
import { maskedBody } from './masked-body.ts';
import type { Carrier, Delivery, Found, OutboxMessage } from './message.ts';
import type { MirrorNotes } from './mirror-notes.ts';
import type { Outbox } from './outbox.ts';

/** A person has to mend it; one try an hour finds out that somebody else did. */
export const STOPPED_WAIT_MS = 60 * 60_000;
/** Not there at once does not mean that it will not be: only after this long is it decided. */
const SURELY_ABSENT_MS = 120_000;
const LOOK_AGAIN_MS = 20_000;

/** Keeps how a sending ended, and what has to wait because of it. Each in one transaction, with its audit. */
export interface Settlement {
  /** @throws what SQLite throws; then the message is as it was */
  sent(message: OutboxMessage, delivery: Delivery): void;
  /** Of one that may have arrived, after it was looked for. @throws as above */
  found(message: OutboxMessage, answer: Found): void;
  /** @throws as above */
  giveUp(message: OutboxMessage, why: string): void;
}

export function createSettlement(parts: {
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly record: Pick<RecordStore, 'audit'>;
  readonly carrier: Carrier;
  readonly notes: MirrorNotes;
  readonly holds: Holds;
}): Settlement {
  const { clock, outbox, carrier, notes, holds } = parts;
  const { store } = outbox;
  const { destination } = carrier;

  const giveUp = (message: OutboxMessage, why: string): void => {
    outbox.within(() => {
      store.end(message.sequence, 'dead', why, clock.wallMs());
      carrier.onDead?.(message, why);
      audit(message, 'gave-up', why);
    });
  };

  const audit = (message: OutboxMessage, act: string, answer: string): void => {
    const { id, project, cause, body, triesCount } = message;
    const detail = {
      destination,
      request: message.act,
      id,
      tries: triesCount,
      sent: maskedBody(body),
      answer,
    };
    parts.record.audit({ at: isoNow(clock), actor: 'core', act: `sync-${act}`, project, cause, detail });
  };

  const arrived = (message: OutboxMessage, answer: string): void => {
    holds.succeeded();
    holds.hold(`key ${message.key}`, carrier.keyGapMs(message.act));
    outbox.within(() => {
      store.end(message.sequence, 'sent', answer, clock.wallMs());
      carrier.onDelivered?.(message, answer);
      audit(message, 'sent', answer);
      notes.succeeded(clock.wallMs());
    });
  };

  const failed = (message: OutboxMessage, why: string, state: 'waiting' | 'unsure', waitMs: number): void => {
    outbox.within(() => {
      if (state === 'waiting') carrier.onNoEffect?.(message.act);
      store.postpone(message.sequence, state, clock.wallMs() + waitMs, why);
      notes.failed(why, clock.wallMs());
    });
  };

  const stopFor = (
    message: OutboxMessage,
    { why, afterMs = STOPPED_WAIT_MS }: { readonly why: string; readonly afterMs?: number },
    state: 'waiting' | 'unsure',
  ): void => {
    holds.hold('all', afterMs);
    failed(message, why, state, 0);
    notes.stopped(why);
  };

  const sent = (message: OutboxMessage, delivery: Delivery): void => {
    switch (delivery.kind) {
      case 'delivered':
        arrived(message, delivery.answer);
        return;
      case 'refused':
        outbox.within(() => {
          carrier.onNoEffect?.(message.act);
          giveUp(message, delivery.why);
        });
        notes.failed(delivery.why, clock.wallMs());
        notes.reached();
        return;
      case 'stop':
        stopFor(message, delivery, 'waiting');
        return;
      case 'unsure': {
        const waitMs = holds.failed(null);
        failed(message, delivery.why, message.isRepeatable ? 'waiting' : 'unsure', waitMs);
        return;
      }
      case 'later': {
        const { holds: what, afterMs, why } = delivery;
        const waitMs = what === 'all' ? holds.failed(afterMs) : holds.backOffMs(message.triesCount, afterMs);
        if (what === 'act') holds.hold(`act ${message.act}`, waitMs);
        failed(message, why, 'waiting', waitMs);
        // It answers: nothing is wrong with the mirror.
        if (what === 'message') notes.reached();
      }
    }
  };

  const found = (message: OutboxMessage, answer: Found): void => {
    switch (answer.kind) {
      case 'there':
        arrived(message, answer.answer);
        return;
      case 'absent': {
        holds.succeeded();
        const ageMs = clock.wallMs() - (message.claimedAtMs ?? 0);
        const isSure = ageMs >= SURELY_ABSENT_MS;
        const why = isSure ? 'it never arrived: it is sent again' : 'not found yet';
        outbox.within(() => {
          const dueMs = clock.wallMs() + (isSure ? 0 : LOOK_AGAIN_MS);
          store.postpone(message.sequence, isSure ? 'waiting' : 'unsure', dueMs, why);
          if (!isSure) return;
          carrier.onNoEffect?.(message.act);
          audit(message, 'not-found', why);
        });
        notes.reached();
        return;
      }
      case 'stop':
        stopFor(message, answer, 'unsure');
        return;
      case 'unknown': {
        const waitMs = holds.failed(answer.afterMs);
        failed(message, answer.why, 'unsure', waitMs);
      }
    }
  };

  return { sent, found, giveUp };
}
