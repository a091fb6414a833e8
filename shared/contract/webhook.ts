import { z } from 'zod';

/** What a caller of a webhook is told. */
export const webhookReplySchema = z.object({
  /** `ignored` is of no use here, `replayed` was taken before. */
  status: z.enum(['accepted', 'ignored', 'replayed']),
});
export type WebhookReply = z.infer<typeof webhookReplySchema>;
