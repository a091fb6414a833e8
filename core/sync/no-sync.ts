import type { WebhookCheck } from './manus-webhook.ts';
import type { SyncRoom } from './sync-room.ts';
import type { SyncDesk, SyncRefusal } from './sync-desk.ts';

/** Where there is no record, there is nothing to keep a queue in. */
export function noSyncDesk(): SyncDesk {
  const refusal: SyncRefusal = { refused: 'unavailable', text: 'There is no record to keep it in.' };
  return {
    view: () => ({ destinations: {}, messages: [], projects: [] }),
    link: () => refusal,
    setStatus: () => refusal,
    askBoard: () => refusal,
    retry: () => refusal,
    drop: () => refusal,
    push: () => ({ isPushed: false }),
  };
}

export function manusWebhookOf(room: Pick<SyncRoom, 'manusWebhook'> | null): WebhookCheck['take'] {
  if (room !== null) return (call) => room.manusWebhook.take(call);
  return () => Promise.resolve({ status: 503, text: 'There is no record to keep it in.' });
}
