import type { WebhookAnswer, WebhookCall } from './github/webhook-receiver.ts';

/** Takes the calls of services that sign what they send. */
export interface WebhookDesk {
  github(call: WebhookCall): Promise<WebhookAnswer | { readonly status: 503; readonly text: string }>;
}
