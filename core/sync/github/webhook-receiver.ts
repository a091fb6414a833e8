import { createHash } from 'node:crypto';

import { verify } from '@octokit/webhooks-methods';

import type { Clock } from '../../clock.ts';
import type { Outbox } from '../outbox.ts';
import { readEvent, type GitHubEvent } from './event.ts';

/** A call as it came: names of headers in lower case, the body's own bytes. */
export interface WebhookCall {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

export interface WebhookAnswer {
  readonly status: 200 | 202 | 400 | 401 | 415;
  /** Accepted, ignored, replayed, or why it was refused. */
  readonly text: string;
}

export interface WebhookReceiverParts {
  readonly clock: Clock;
  /** @throws when it is there and must not be used */
  readonly secret: () => string | null;
  readonly outbox: Pick<Outbox, 'store' | 'within'>;
  /** In the transaction that remembers the delivery. False when the event is of no use here. */
  readonly take: (event: GitHubEvent) => boolean;
}

const SOURCE = 'github';
const DELIVERY = /^[\w-]{1,100}$/;
const EVENT = /^[a-z0-9_]{1,60}$/;

/**
 * Takes GitHub's webhooks (5-integrations 2.1). Whether a call is GitHub's is decided over the bytes as they came,
 * before anything of them is read. The delivery's id is not signed, so a call is also known again by its body.
 */
export function createWebhookReceiver(
  parts: WebhookReceiverParts,
): (call: WebhookCall) => Promise<WebhookAnswer> {
  const { clock, outbox } = parts;
  const isNew = (event: string, delivery: string, body: Buffer): boolean => {
    const digest = createHash('sha256').update(event).update('\n').update(body).digest('hex');
    // Both are remembered, whichever of them is known.
    const byId = outbox.store.isNewDelivery(SOURCE, delivery, clock.wallMs());
    const byBody = outbox.store.isNewDelivery(`${SOURCE}-body`, digest, clock.wallMs());
    return byId && byBody;
  };

  return async ({ headers, body }) => {
    if (!(await isSigned(parts.secret(), body, headers['x-hub-signature-256']))) {
      return { status: 401, text: 'The signature is missing or wrong.' };
    }
    const { 'x-github-event': name, 'x-github-delivery': delivery } = headers;
    if (typeof delivery !== 'string' || !DELIVERY.test(delivery)) {
      return { status: 400, text: 'X-GitHub-Delivery is missing.' };
    }
    if (typeof name !== 'string' || !EVENT.test(name)) {
      return { status: 400, text: 'X-GitHub-Event is missing.' };
    }
    if (!/^application\/json\b/i.test(String(headers['content-type'] ?? ''))) {
      return { status: 415, text: 'Set the content type of the webhook to application/json.' };
    }
    let event: GitHubEvent | null;
    try {
      event = readEvent(name, JSON.parse(body.toString('utf8')));
    } catch {
      return { status: 400, text: `The payload is not that of ${name}.` };
    }
    return outbox.within((): WebhookAnswer => {
      if (!isNew(name, delivery, body)) return { status: 200, text: 'replayed' };
      const isUsed = event !== null && parts.take(event);
      return { status: 202, text: isUsed ? 'accepted' : 'ignored' };
    });
  };
}

async function isSigned(
  secret: string | null,
  body: Buffer,
  signature: string | readonly string[] | undefined,
): Promise<boolean> {
  if (secret === null || body.length === 0 || typeof signature !== 'string' || signature === '') return false;
  return verify(secret, body.toString('utf8'), signature);
}
