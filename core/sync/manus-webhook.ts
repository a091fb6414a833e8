import { createHash, verify } from 'node:crypto';

import type { ManusConfig } from '../../shared/contract/sync-config.ts';
import type { Clock } from '../clock.ts';
import type { ManusLimits } from './manus-carrier.ts';
import { MANUS } from './manus-acts.ts';
import type { ManusClient } from './manus-client.ts';
import type { Outbox } from './outbox.ts';

/** A call as it came in; the signature is over the bytes. */
export interface SignedCall {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

export type CallAnswer =
  | { readonly status: 200 | 202; readonly text: 'accepted' | 'ignored' | 'replayed' }
  | { readonly status: 400 | 401 | 503; readonly text: string };

/** Takes calls of Manus that a relay hands on (5-integrations, 1.4). */
export interface WebhookCheck {
  take(call: SignedCall): Promise<CallAnswer>;
}

const OLDEST_MS = 5 * 60_000;
const KEY_MS = 60 * 60_000;
/** A key that does not fit is asked for again, but strangers must not make us ask without end. */
const KEY_AGAIN_MS = 60_000;

export function createWebhookCheck(parts: {
  readonly clock: Clock;
  readonly client: Pick<ManusClient, 'webhookKey'>;
  readonly limits: ManusLimits;
  readonly outbox: Outbox;
  readonly settings: () => ManusConfig;
  /** Something happened to a task: worth looking. */
  readonly onEvent: () => void;
}): WebhookCheck {
  const { clock, outbox } = parts;
  let key: { readonly pem: string; readonly readAtMs: number } | null = null;
  let asking: Promise<void> | null = null;
  let askedAtMs: number | null = null;

  const askKey = async (): Promise<void> => {
    askedAtMs = clock.monotonicMs();
    if (parts.limits.take('read') > 0) return;
    const answer = await parts.client.webhookKey();
    if (answer.ok) key = { pem: answer.value, readAtMs: clock.monotonicMs() };
  };
  const freshKey = async (maxAgeMs: number): Promise<string | null> => {
    const isOld = key === null || clock.monotonicMs() - key.readAtMs > maxAgeMs;
    const mayAsk = askedAtMs === null || clock.monotonicMs() - askedAtMs >= KEY_AGAIN_MS;
    if (isOld && mayAsk) asking ??= askKey().finally(() => (asking = null));
    if (isOld && asking !== null) await asking;
    return key?.pem ?? null;
  };

  return {
    async take({ headers, body }) {
      const { enabled, webhookUrl } = parts.settings();
      if (!enabled || webhookUrl === null)
        return { status: 503, text: 'Webhooks of Manus are switched off.' };
      const signature = single(headers['x-webhook-signature']);
      const timestamp = single(headers['x-webhook-timestamp']);
      if (signature === null || timestamp === null || !/^\d{1,12}$/.test(timestamp))
        return { status: 401, text: 'The signature is missing.' };
      if (Math.abs(clock.wallMs() - Number(timestamp) * 1000) > OLDEST_MS)
        return { status: 401, text: 'The signature is too old.' };
      const hash = createHash('sha256').update(body).digest('hex');
      const signed = Buffer.from(`${timestamp}.${webhookUrl}.${hash}`);
      const pem = await freshKey(KEY_MS);
      if (pem === null) return { status: 503, text: 'The key of Manus is not known yet.' };
      if (!isSigned(signed, signature, pem)) {
        const newer = await freshKey(0);
        if (newer === null || newer === pem || !isSigned(signed, signature, newer))
          return { status: 401, text: 'The signature is wrong.' };
      }
      const event = eventOf(body);
      if (event === null) return { status: 400, text: 'The body is not an event.' };
      const isNew = outbox.within(() =>
        outbox.store.isNewDelivery(MANUS, `${event.type} ${event.id}`, clock.wallMs()),
      );
      if (!isNew) return { status: 200, text: 'replayed' };
      if (!event.type.startsWith('task_')) return { status: 202, text: 'ignored' };
      // What it says is not taken over: the task itself is read, as always.
      parts.onEvent();
      return { status: 202, text: 'accepted' };
    },
  };
}

function single(value: string | readonly string[] | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** RSA, PKCS#1 v1.5, SHA-256, base64. */
function isSigned(text: Buffer, signature: string, pem: string): boolean {
  try {
    return verify('RSA-SHA256', text, pem, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

function eventOf(body: Buffer): { readonly id: string; readonly type: string } | null {
  try {
    const { event_id: id, event_type: type } = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    const isGood =
      typeof id === 'string' && typeof type === 'string' && id.length <= 200 && type.length <= 60;
    return isGood ? { id, type } : null;
  } catch {
    return null;
  }
}
