import * as z from 'zod';
import { failureReasonSchema } from '../events/payment-failed.ts';
import { merchantOrderIdSchema, transactionIdSchema } from '../ids.ts';
import { paymentStatusSchema } from '../items/transaction.ts';
import { amountInPaisaSchema } from '../money.ts';

/** `POST /payments/reconciliation` with one order (mission, Payment Reconciliation). */
export const reconcileOrderRequestSchema = z.object({ transactionId: transactionIdSchema });

/** What is not as it should be about an order. */
export const discrepancySchema = z.enum([
  /** The gateway has an outcome that our books do not have. */
  'NOT_RECORDED',
  /** Paid, and user or entitlement records do not hold what was paid for. */
  'ACCESS_MISSING',
  /** The gateway's answer is about another amount or another merchant. */
  'MISMATCH',
  /** Paid in our books, and the gateway says otherwise. */
  'CONTRADICTION',
  /** A person was asked to look, and nobody has cleared it. */
  'IN_REVIEW',
  /** The buyer had paid before: money owed back. */
  'CHARGED_TWICE',
]);
export type Discrepancy = z.infer<typeof discrepancySchema>;

const holdingSchema = z.enum(['held', 'behind', 'missing']);

/** What was found about one order, and what was done. */
export const reconcileOrderResponseSchema = z.object({
  success: z.literal(true),
  transactionId: transactionIdSchema,
  merchantOrderId: merchantOrderIdSchema,
  /** What our books had. */
  marketplace: z.object({
    status: paymentStatusSchema,
    failureReason: failureReasonSchema.optional(),
    amountInPaisa: amountInPaisaSchema,
    completedAt: z.string().optional(),
    accessRevokedAt: z.string().optional(),
    duplicateOf: z.string().optional(),
    needsReview: z.string().optional(),
  }),
  /** What the gateway says now. */
  gateway: z.object({
    status: z.enum(['COMPLETED', 'FAILED', 'PENDING', 'NOT_FOUND', 'MISMATCH']),
    /** The gateway's own word. */
    state: z.string().optional(),
    amountInPaisa: amountInPaisaSchema.optional(),
    failureReason: failureReasonSchema.optional(),
    completedAt: z.string().optional(),
  }),
  /** What was put on the bus because of it; its effects follow in a moment. */
  published: z.object({ detailType: z.string(), eventId: z.string() }).nullable(),
  /** Only of a paid order, as it stood when asked. */
  access: z
    .object({
      user: holdingSchema,
      recordByUserId: holdingSchema,
      recordByEmail: holdingSchema,
      agrees: z.boolean(),
    })
    .nullable(),
  review: z.enum(['NONE', 'OPEN', 'CLEARED']),
  discrepancies: z.array(discrepancySchema),
});
export type ReconcileOrderResponse = z.infer<typeof reconcileOrderResponseSchema>;
