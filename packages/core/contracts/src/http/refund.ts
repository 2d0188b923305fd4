import * as z from 'zod';
import { transactionIdSchema } from '../ids.ts';
import {
  refundOriginSchema,
  refundReasonSchema,
  refundRefusalKindSchema,
  refundStateSchema,
} from '../items/refund.ts';
import { amountInPaisaSchema } from '../money.ts';
import { textSchema } from '../text.ts';
import { timestampSchema } from '../time.ts';

/** `POST /payments/refunds` */
export const refundRequestSchema = z.object({
  transactionId: transactionIdSchema,
  amountInPaisa: amountInPaisaSchema
    .min(1)
    .optional()
    .describe('Whole paisa; left out: all that is left of the order.'),
  reason: refundReasonSchema,
  note: textSchema
    .min(1)
    .max(500)
    .optional()
    .describe('For operators who look at it later. No personal data.'),
  idempotencyKey: z
    .string()
    .regex(/^[A-Za-z0-9_-]{8,128}$/, { error: 'must be 8 to 128 letters, digits, "_" or "-"' })
    .describe('One key for one wish: the same key of an order is the same refund.'),
});
export type RefundRequest = z.infer<typeof refundRequestSchema>;

/** A refund as operators see it. */
export const refundViewSchema = z.object({
  refundId: z.string(),
  transactionId: transactionIdSchema,
  state: refundStateSchema,
  amountInPaisa: amountInPaisaSchema.optional().describe('Known once the amount is set aside.'),
  reason: refundReasonSchema,
  note: z.string().optional(),
  origin: refundOriginSchema,
  requestedBy: z.string().describe("The subject of the operator's token, or which machine it was."),
  refusal: z.object({ kind: refundRefusalKindSchema, words: z.string() }).optional(),
  gatewayRefundId: z.string().optional(),
  gatewayState: z.string().optional().describe("The gateway's own word."),
  errorCode: z.string().optional().describe("Of a FAILED one: the gateway's code."),
  detailedErrorCode: z.string().optional(),
  doubt: z.string().optional().describe('Why an operator must look although it is not over.'),
  createdAt: timestampSchema,
  updatedAt: timestampSchema,
  completedAt: timestampSchema.optional(),
  failedAt: timestampSchema.optional(),
});
export type RefundView = z.infer<typeof refundViewSchema>;

/** `202` of the request, `200` of `GET /payments/refunds/{refundId}`. */
export const refundResponseSchema = z.object({
  success: z.literal(true),
  refund: refundViewSchema,
});
export type RefundResponse = z.infer<typeof refundResponseSchema>;
