import { webhookReplySchema } from '../../shared/contract/webhook.ts';
import type { ErrorCode } from '../../shared/contract/errors.ts';
import { Answer, RawRequest } from './raw-request.ts';
import { Refused } from './refused.ts';
import { row, type Route } from './route.ts';

/** GitHub sends at most so much (5-integrations 2.1). */
const GITHUB_BODY_BYTES = 25 * 1024 * 1024;
/** An event names a task and its files. */
const MANUS_BODY_BYTES = 1024 * 1024;

const CODES: Readonly<Record<number, ErrorCode>> = {
  400: 'bad-request',
  401: 'bad-token',
  415: 'not-json',
  503: 'unavailable',
};

/** Calls of services that sign what they send. They need no token; the signature is their proof. */
export const WEBHOOK_ROUTES: readonly Route[] = [
  row({
    method: 'POST',
    path: '/v1/webhooks/github',
    since: '0.1.0',
    summary:
      'What GitHub tells, proven by X-Hub-Signature-256. Needs no token. 202 taken, 200 when it was taken before; 25 MB at most.',
    open: true,
    rawBodyBytes: GITHUB_BODY_BYTES,
    reply: webhookReplySchema,
    async handle(door, { body }) {
      if (!(body instanceof RawRequest)) throw new Refused(400, 'bad-request', 'The body was not read.');
      return told(await door.webhooks.github(body));
    },
  }),
  row({
    method: 'POST',
    path: '/v1/webhooks/manus',
    since: '0.1.0',
    summary:
      'What Manus tells through a relay, proven by its RSA signature. Needs no token. 202 taken, 200 when it was taken before.',
    open: true,
    rawBodyBytes: MANUS_BODY_BYTES,
    reply: webhookReplySchema,
    async handle(door, { body }) {
      if (!(body instanceof RawRequest)) throw new Refused(400, 'bad-request', 'The body was not read.');
      return told(await door.webhooks.manus(body));
    },
  }),
];

/** An answer of a receiver as one of the endpoint: good ones say what became of the call, others why not. */
function told({ status, text }: { readonly status: number; readonly text: string }): Answer {
  if (status < 300) return new Answer(status, { status: text });
  throw new Refused(status, CODES[status] ?? 'bad-request', text);
}
