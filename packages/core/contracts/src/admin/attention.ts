import * as z from 'zod';
import { attentionReasonSchema } from '../items/attention.ts';
import { timestampSchema } from '../time.ts';
import { consentShape, handrailShape } from './common.ts';

const text = z.string();

/** `GET /payments/admin/attention`: the orders that need an operator, by reason, the longest waiting first. */
export const attentionResponseSchema = z.object({
  success: z.literal(true),
  readAt: timestampSchema,
  reasons: z.array(
    z.object({
      reason: attentionReasonSchema,
      meaning: text,
      runbook: text,
      count: z.int(),
      orders: z
        .array(
          z.object({
            transactionId: text,
            since: timestampSchema,
            detail: text.optional().describe('Addresses are masked.'),
            amountInPaisa: z.int().nonnegative().optional(),
            seenVersion: z
              .int()
              .nonnegative()
              .optional()
              .describe('Hand it back when resolving: what came later is not ended.'),
            mend: z
              .enum(['repair', 'resolve', 'endAccess', 'refund'])
              .describe('The route that leads out of it.'),
            command: text,
          }),
        )
        .describe('At most 500.'),
    }),
  ),
});
export type AttentionResponse = z.infer<typeof attentionResponseSchema>;

/** `POST .../payments/{transactionId}/attention/resolve`: ends a reason by the operator's word. */
export const resolveAttentionRequestSchema = z.object({
  attentionReason: attentionReasonSchema,
  seenVersion: z.int().nonnegative().optional(),
  ...consentShape,
});
export type ResolveAttentionRequest = z.infer<typeof resolveAttentionRequestSchema>;

export const resolveAttentionResponseSchema = z.object({
  success: z.literal(true),
  isOurs: z.boolean().describe('False: an earlier word had ended it.'),
  by: text,
  at: timestampSchema,
  left: z.array(attentionReasonSchema).describe('What the order still needs an operator for.'),
  ...handrailShape,
});
export type ResolveAttentionResponse = z.infer<typeof resolveAttentionResponseSchema>;

/** `POST .../payments/{transactionId}/access/end` and `/access/restore`. The money stays where it is. */
export const changeAccessRequestSchema = z.object(consentShape);
export type ChangeAccessRequest = z.infer<typeof changeAccessRequestSchema>;

export const changeAccessResponseSchema = z.object({
  success: z.literal(true),
  isOurs: z.boolean().describe('False: it was so before, and only the event was published again.'),
  isPublished: z.boolean().describe('False: the sweep publishes it within minutes.'),
  ...handrailShape,
});
export type ChangeAccessResponse = z.infer<typeof changeAccessResponseSchema>;
