import type { CallAnswer, SignedCall } from './manus-webhook.ts';
import type { WebhookAnswer, WebhookCall } from './github/webhook-receiver.ts';

/** Takes the calls of services that sign what they send. */
export interface WebhookDesk {
  manus(call: SignedCall): Promise<CallAnswer>;
  github(call: WebhookCall): Promise<WebhookAnswer | { readonly status: 503; readonly text: string }>;
}
