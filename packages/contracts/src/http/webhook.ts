import * as z from 'zod';

/** What the webhook answers where it answers 200; anything else is an error body. */
export const webhookResponseSchema = z.object({
  success: z.literal(true),
  result: z.enum(['published', 'duplicate', 'ignored', 'recorded']),
  requestId: z.string(),
});
export type WebhookResponse = z.infer<typeof webhookResponseSchema>;
