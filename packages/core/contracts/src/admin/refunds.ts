import * as z from 'zod';
import { refundViewSchema } from '../http/refund.ts';
import { refundReasonSchema } from '../items/refund.ts';
import { amountInPaisaSchema } from '../money.ts';
import { timestampSchema } from '../time.ts';
import { consentShape, cursorSchema, handrailShape, nextCursorSchema } from './common.ts';

const text = z.string();

/** A refund as operators see it, and where its next steps stand. Addresses in words are masked. */
export const operatorRefundSchema = refundViewSchema.extend({
  lastAnswer: text.optional(),
  submittedAt: timestampSchema.optional(),
  submissions: z.int().optional(),
  nextLookAt: timestampSchema.optional().describe('Missing once there is nothing left to do.'),
});
export type OperatorRefund = z.infer<typeof operatorRefundSchema>;

/** `POST .../payments/{transactionId}/refunds` */
export const requestRefundRequestSchema = z.object({
  amountInPaisa: amountInPaisaSchema
    .min(1)
    .optional()
    .describe('Whole paisa; left out: all that is left of the order.'),
  refundReason: refundReasonSchema,
  idempotencyKey: z
    .string()
    .regex(/^[A-Za-z0-9_-]{8,128}$/, { error: 'must be 8 to 128 letters, digits, "_" or "-"' })
    .describe('Made when the dialog opens: the same key of an order is the same refund.'),
  ...consentShape,
});
export type RequestRefundRequest = z.infer<typeof requestRefundRequestSchema>;

/** `202` */
export const requestRefundResponseSchema = z.object({
  success: z.literal(true),
  refund: operatorRefundSchema,
  ...handrailShape,
});
export type RequestRefundResponse = z.infer<typeof requestRefundResponseSchema>;

/** The query of `GET /payments/admin/refunds`. `open`: not over. `failed`: the orders in attention for it, with their refunds. */
export const refundsQuerySchema = z.object({
  list: z.enum(['open', 'failed', 'completed']),
  day: z.iso.date().optional().describe('Of `completed`: a day in India; left out: today.'),
  cursor: cursorSchema.optional(),
});

export const refundsResponseSchema = z.object({
  success: z.literal(true),
  refunds: z.array(operatorRefundSchema),
  nextCursor: nextCursorSchema,
});
export type RefundsResponse = z.infer<typeof refundsResponseSchema>;

/** What a buyer is owed because their money was taken more than once. */
export const owedSchema = z.object({
  transactionId: text,
  keptId: text.describe('The order that the buyer keeps; the same where one order was paid twice.'),
  since: timestampSchema,
  owedInPaisa: amountInPaisaSchema,
  refundInPaisa: amountInPaisaSchema.describe('What one refund gives back now.'),
  obstacle: text.optional().describe('Why it cannot be given back now.'),
  leftToOperator: text.optional().describe('Why no machine gives it back by itself.'),
});
export type OwedRow = z.infer<typeof owedSchema>;

/** `GET /payments/admin/refunds/owed` */
export const owedResponseSchema = z.object({
  success: z.literal(true),
  readAt: timestampSchema,
  owed: z.array(owedSchema),
  totalOwedInPaisa: amountInPaisaSchema,
  command: text,
  runbook: text,
});
export type OwedResponse = z.infer<typeof owedResponseSchema>;

/** Refunds that one call names: what is above is left for the next. */
export const MOST_OWED_AT_ONCE = 1000;

const owedChoice = {
  transactionIds: z
    .array(text.max(100))
    .max(MOST_OWED_AT_ONCE)
    .optional()
    .describe('Left out: all that can be given back.'),
  max: z.int().min(1).max(10_000).optional(),
};

/** `POST /payments/admin/refunds/owed`: gives back what is owed, in bulk. */
export const refundOwedRequestSchema = z.union([
  z.object({ ...owedChoice, dryRun: z.literal(true) }),
  z.object({ ...owedChoice, ...consentShape, dryRun: z.literal(false).optional() }),
]);
export type RefundOwedRequest = z.infer<typeof refundOwedRequestSchema>;

/** `200` of a dry run. */
export const refundOwedPreviewResponseSchema = z.object({
  success: z.literal(true),
  preview: z.object({
    refunds: z
      .array(owedSchema)
      .describe('What would be asked for, the longest waiting first; at most 1,000 at once.'),
    left: z
      .int()
      .nonnegative()
      .describe('So many more can go back, by another call after this one.'),
    totalInPaisa: amountInPaisaSchema,
    obstacles: z.array(owedSchema).describe('What cannot be given back, each with why.'),
  }),
  command: text,
});
export type RefundOwedPreviewResponse = z.infer<typeof refundOwedPreviewResponseSchema>;
