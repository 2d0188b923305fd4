import * as z from 'zod';
import { failureReasonSchema } from '../events/payment-failed.ts';
import { merchantOrderIdSchema, transactionIdSchema } from '../ids.ts';
import { attentionReasonSchema } from '../items/attention.ts';
import { paymentStatusSchema } from '../items/transaction.ts';
import { amountInPaisaSchema } from '../money.ts';
import { timestampSchema } from '../time.ts';

/** `POST /payments/reconciliation` with one order. */
export const reconcileOrderRequestSchema = z.object({ transactionId: transactionIdSchema });

/** What is not as it should be about an order. */
export const discrepancySchema = z
  .enum([
    'NOT_RECORDED',
    'ACCESS_MISSING',
    'MISMATCH',
    'CONTRADICTION',
    'IN_REVIEW',
    'CHARGED_TWICE',
  ])
  .describe(
    [
      'NOT_RECORDED: the gateway has an outcome that our books do not have.',
      'ACCESS_MISSING: paid, and user or entitlement records do not hold what was paid for.',
      "MISMATCH: the gateway's answer is about another amount or another merchant.",
      'CONTRADICTION: paid in our books, and the gateway says otherwise.',
      'IN_REVIEW: the order needed an operator, for what `attention` says.',
      'CHARGED_TWICE: the buyer had paid before, or paid this order twice, and money is owed back.',
    ].join(' '),
  );
export type Discrepancy = z.infer<typeof discrepancySchema>;

const holdingSchema = z.enum(['held', 'behind', 'missing']);

/** What was found about one order, and what was done. */
export const reconcileOrderResponseSchema = z.object({
  success: z.literal(true),
  transactionId: transactionIdSchema,
  merchantOrderId: merchantOrderIdSchema,
  marketplace: z
    .object({
      status: paymentStatusSchema,
      failureReason: failureReasonSchema.optional(),
      amountInPaisa: amountInPaisaSchema,
      completedAt: z.string().optional(),
      accessRevokedAt: z.string().optional(),
      duplicateOf: z.string().optional(),
      attention: z
        .array(
          z.object({
            reason: attentionReasonSchema,
            since: timestampSchema,
            detail: z.string().optional(),
          }),
        )
        .describe('Why the order needed an operator, the oldest reason first.'),
    })
    .describe('What our books had.'),
  gateway: z
    .object({
      status: z.enum(['COMPLETED', 'FAILED', 'PENDING', 'NOT_FOUND', 'MISMATCH']),
      state: z.string().optional().describe("The gateway's own word."),
      amountInPaisa: amountInPaisaSchema.optional(),
      failureReason: failureReasonSchema.optional(),
      completedAt: z.string().optional(),
    })
    .describe('What the gateway says now.'),
  published: z
    .object({ detailType: z.string(), eventId: z.string() })
    .nullable()
    .describe('What was put on the bus because of it; its effects follow in a moment.'),
  access: z
    .object({
      user: holdingSchema,
      recordByUserId: holdingSchema,
      recordByEmail: holdingSchema,
      agrees: z.boolean(),
    })
    .nullable()
    .describe('Only of a paid order, as it stood when asked.'),
  review: z
    .enum(['NONE', 'OPEN', 'CLEARED'])
    .describe(
      'OPEN: the order needs an operator. CLEARED: it did, and what was found now ends that.',
    ),
  discrepancies: z.array(discrepancySchema),
});
export type ReconcileOrderResponse = z.infer<typeof reconcileOrderResponseSchema>;
