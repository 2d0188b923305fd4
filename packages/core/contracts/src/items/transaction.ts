import * as z from 'zod';
import { billingSchema } from '../billing.ts';
import { accessEndReasonSchema } from '../events/access-ended.ts';
import { failureReasonSchema } from '../events/payment-failed.ts';
import { merchantOrderIdSchema, transactionIdSchema, userIdSchema } from '../ids.ts';
import { amountInPaisaSchema, currencySchema } from '../money.ts';
import { planSchema } from '../plan.ts';
import { timestampSchema } from '../time.ts';
import { attentionShape } from './attention.ts';
import { disputeSchema } from './dispute.ts';

export const paymentStatusSchema = z.enum(['PENDING', 'COMPLETED', 'FAILED']);
export type PaymentStatus = z.infer<typeof paymentStatusSchema>;

/** One line of an order's history. */
export const historyEntrySchema = z.object({
  what: z.string(),
  /** When it happened, not when it was written. */
  at: z.string(),
});

const text = z.string().min(1);

/**
 * A row of `marketplace-payment-transactions` as this system writes it.
 * Rows of the replaced system may lack whatever is optional here and use other time spellings.
 */
export const transactionItemSchema = z.object({
  transactionId: transactionIdSchema,
  merchantOrderId: merchantOrderIdSchema,
  userId: userIdSchema,
  userEmail: text,
  tier: text,
  /** Paisa. */
  amount: amountInPaisaSchema,
  currency: currencySchema.optional(),
  plan: planSchema.optional(),
  status: paymentStatusSchema,
  /** The gateway's name. */
  paymentMethod: text.optional(),
  phonepeOrderId: text.optional(),
  redirectUrl: text.optional(),
  source: text.optional(),
  /** Whom the order's invoice is made out to, as the buyer said it. */
  billing: billingSchema.optional(),
  createdAt: text,
  updatedAt: text.optional(),
  expiresAt: text.optional(),

  /** Who wrote the row (rule 9: a lost answer makes the SDK repeat the put and lose to itself). */
  createdBy: text.optional(),
  /** Another order took this one's place; its page was never handed out. */
  supersededBy: text.optional(),
  /** The one mark that access was taken back (rule 2). */
  accessRevokedAt: text.optional(),
  /** Why; absent beside a mark of before this was noted: REFUNDED. */
  accessEndReason: accessEndReasonSchema.optional(),
  /** When an operator last gave access back. An end that is not later than this counts no more. */
  accessRestoredAt: timestampSchema.optional(),
  /** The operator's last word on access: who ended it or gave it back, when and why. */
  accessWord: z
    .object({ what: z.enum(['ended', 'restored']), at: timestampSchema, by: text, why: text })
    .optional(),
  /** Paisa that had gone back then: only more than that takes access away again. */
  refundedWhenRestoredInPaisa: z.int().nonnegative().optional(),
  /** The buyer had already paid with that order: money owed back (rule 3). */
  duplicateOf: text.optional(),
  duplicateOfCompletedAt: timestampSchema.optional(),
  ...attentionShape,
  /** What an earlier version wrote instead: why an operator must look, and when one had looked. Read, never written. */
  needsReview: text.optional(),
  reviewClearedAt: timestampSchema.optional(),
  /** When the gateway last gave a final answer that fits this row: what did not fit before that is outdated. */
  fittingAnswerAt: timestampSchema.optional(),
  /** How many attempts of this one order completed, where it is more than one: each took the amount. */
  completedAttempts: z.int().min(2).optional(),
  /** The browser's return asks the gateway once in a few seconds: when, and for which request (rule 9). */
  statusCheckedAt: text.optional(),
  statusCheckedBy: text.optional(),
  /** merchantRefundId -> paisa of every refund that the gateway confirmed. */
  refunds: z.record(z.string(), amountInPaisaSchema).optional(),
  /** refundId -> paisa of every refund that is under way: set aside, so that no second one gives the same money back. */
  refundHolds: z.record(z.string(), amountInPaisaSchema).optional(),
  /** Counts the writes of both maps: emulators of DynamoDB compare maps wrongly, so conditions stand on this number. */
  refundVersion: z.int().nonnegative().optional(),
  /** disputeId -> where it stands; `disputeVersion` counts the writes. */
  disputes: z.record(z.string(), disputeSchema).optional(),
  disputeVersion: z.int().nonnegative().optional(),

  completedAt: timestampSchema.optional(),
  /** When our books first had it that it is paid: what is measured from `completedAt` on. Absent in rows of before it was noted. */
  recordedAt: timestampSchema.optional(),
  failedAt: timestampSchema.optional(),
  failureReason: failureReasonSchema.optional(),
  failureAttempted: z.boolean().optional(),
  history: z.record(z.string(), historyEntrySchema).optional(),
  /** What became of the order (`paid`, `revoked`, ...) -> the publisher whose word wrote it: that one's deliveries count it. */
  toldBy: z.record(z.string(), z.string()).optional(),

  webhookEvent: text.optional(),
  paymentState: text.optional(),
  phonepe_status: text.optional(),
  phonepe_transaction_id: text.optional(),
  phonepe_timestamp: text.optional(),
  payment_mode: text.optional(),
  utr: text.optional(),
  upi_transaction_id: text.optional(),
  vpa: text.optional(),
  settlement_status: z.enum(['ELIGIBLE', 'NOT_ELIGIBLE']).optional(),
  settlement_date: text.optional(),
  last_sync: text.optional(),

  /** Index of open orders: `OPEN#{shard}`, present only while the sweep must still look at the order. */
  openShard: text.optional(),
  nextCheckAt: timestampSchema.optional(),
  /** Which look of which sweep moved `nextCheckAt` last (rule 9). */
  sweepClaim: text.optional(),
  /** How often the sweep has missed a paid order's effects. */
  effectsRepublished: z.int().nonnegative().optional(),
  /** How often the sweep has published an outcome that this row still does not have. */
  outcomesPublished: z.int().nonnegative().optional(),
  /** What the sweep published last of this order's end, `{detail type} {moment}`, and how often. */
  endTold: text.optional(),
  endToldTimes: z.int().nonnegative().optional(),
  /** Index by day: `{IST day of createdAt}#{shard}`. */
  dayShard: text.optional(),
});
export type TransactionItem = z.infer<typeof transactionItemSchema>;
