import * as z from 'zod';
import { merchantOrderIdSchema, transactionIdSchema } from '../ids.ts';
import { amountInPaisaSchema } from '../money.ts';
import { timestampSchema } from '../time.ts';

/** Why money is paid back. */
export const refundReasonSchema = z
  .enum(['DUPLICATE', 'BUYER_REQUEST', 'SERVICE_FAILURE', 'FRAUD', 'DISPUTE_PREVENTION', 'OTHER'])
  .describe(
    'DUPLICATE: the buyer had paid already. DISPUTE_PREVENTION: before the buyer goes to their bank.',
  );
export type RefundReason = z.infer<typeof refundReasonSchema>;

/** Who asked for it: an operator, this system by itself, or an operator in the gateway's own dashboard. */
export const refundOriginSchema = z
  .enum(['OPERATOR', 'MACHINE', 'GATEWAY'])
  .describe("Who asked for it. GATEWAY: it was made in the gateway's dashboard, not here.");
export type RefundOrigin = z.infer<typeof refundOriginSchema>;

export const refundStateSchema = z
  .enum([
    'REQUESTED',
    'REFUSED',
    'RESERVED',
    'SUBMITTED',
    'PENDING',
    'CONFIRMED',
    'COMPLETED',
    'FAILED',
  ])
  .describe(
    [
      'REQUESTED: written down.',
      'REFUSED: it cannot be paid back, and the gateway was not asked.',
      'RESERVED: the amount is set aside on the order.',
      'SUBMITTED: sent to the gateway, whose answer is not known.',
      'PENDING, CONFIRMED: the gateway has it.',
      'COMPLETED, FAILED: the gateway’s last word.',
    ].join(' '),
  );
export type RefundState = z.infer<typeof refundStateSchema>;

/** Why a refund is refused before the gateway is asked. */
export const refundRefusalKindSchema = z.enum([
  /** Only a paid order has money to give back. */
  'NOT_COMPLETED',
  /** All of it went back, or is on its way. */
  'NOTHING_LEFT',
  /** More was asked for than is left, or than one refund may be. */
  'TOO_MUCH',
  /** The gateway takes one refund of an order at a time. */
  'ANOTHER_RUNNING',
  /** The payment is older than the gateway's window. */
  'TOO_OLD',
  /** The buyer's bank decides: a refund beside an open or a lost dispute pays twice. */
  'DISPUTED',
  /** Below the gateway's minimum. */
  'TOO_SMALL',
  /** The order was paid at a gateway that this version does not have, or its row cannot be read. */
  'CANNOT_BE_ASKED',
]);
export type RefundRefusalKind = z.infer<typeof refundRefusalKindSchema>;

const text = z.string().min(1);

/**
 * A row of `marketplace-payment-refunds`: one wish to pay back, for ever. Its id is the gateway's merchantRefundId. Every
 * step is one conditional write.
 */
export const refundItemSchema = z.object({
  refundId: text,
  transactionId: transactionIdSchema,
  merchantOrderId: merchantOrderIdSchema,
  state: refundStateSchema,
  origin: refundOriginSchema,
  reason: refundReasonSchema,
  /** For operators who look at it later; no personal data. */
  note: text.optional(),
  /** The subject of the operator's token, or which machine or gateway it was. */
  requestedBy: text,
  /** What was asked for; absent: all that was left. A repeat of the key with another body is told from this. */
  requestedInPaisa: amountInPaisaSchema.optional(),
  /** What is paid back: known from the reservation on. */
  amountInPaisa: amountInPaisaSchema.optional(),
  refusal: z.object({ kind: refundRefusalKindSchema, words: text }).optional(),
  createdAt: timestampSchema,
  updatedAt: timestampSchema,
  /** When it was first sent, and how often since. */
  submittedAt: timestampSchema.optional(),
  submissions: z.int().positive().optional(),
  /** Since when the gateway says that it does not know what was sent. */
  notKnownSince: timestampSchema.optional(),
  /** What the gateway answered last, or why it did not: for operators. */
  lastAnswer: text.optional(),
  gatewayRefundId: text.optional(),
  /** The gateway's own word for the state. */
  gatewayState: text.optional(),
  errorCode: text.optional(),
  detailedErrorCode: text.optional(),
  /** When it reached its last state, by the gateway's word where that says. */
  completedAt: timestampSchema.optional(),
  failedAt: timestampSchema.optional(),
  /** Why an operator must look although the refund is not over. */
  doubt: text.optional(),

  /** Index of refunds that are not over: `OPEN#{shard}`, until the order's row shows how it ended. */
  openShard: text.optional(),
  nextCheckAt: timestampSchema.optional(),
  /** One look at a time: whose it is (rule 9), and until when no other may take it. */
  claim: text.optional(),
  leaseUntil: timestampSchema.optional(),
  /** How often its end was published. */
  endTold: z.int().positive().optional(),
  /** Index by day: `{IST day of completedAt}#{shard}`, of what was paid back. */
  dayShard: text.optional(),
});
export type RefundItem = z.infer<typeof refundItemSchema>;
