import * as z from 'zod';
import { requestIdSchema } from './error.ts';

/** What the webhook answers where it answers 200; anything else is an error body. */
export const webhookResponseSchema = z.object({
  success: z.literal(true),
  result: z.enum(['published', 'duplicate', 'ignored', 'recorded']),
  requestId: requestIdSchema,
});
export type WebhookResponse = z.infer<typeof webhookResponseSchema>;
