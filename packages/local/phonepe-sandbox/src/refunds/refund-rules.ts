import * as z from 'zod';

const DAY_MS = 86_400_000;
/** Node's timers take no more than 24 days. */
const LONGEST_DAYS = 20;

/**
 * How PhonePe treats refunds from now on, where its documents are silent or it depends on the merchant. Refunds that are
 * under way keep what was planned for them.
 */
export const refundRulesSchema = z.strictObject({
  /** How long a refund stays PENDING; null: until a control call ends it. */
  delayMs: z
    .int()
    .min(0)
    .max(LONGEST_DAYS * DAY_MS)
    .nullable(),
  /** For how many days after that a card's refund is CONFIRMED. */
  cardDays: z.int().min(0).max(LONGEST_DAYS),
  /**
   * What refunds are paid from. `ample`: there is always enough. `takings`: what was paid on the day (in India), less the
   * day's refunds. A number: so many paisa for the rest of the day on which this is set, and enough again from the next.
   */
  balance: z.union([z.enum(['ample', 'takings']), z.int().min(0)]),
  /** A refund that the balance does not cover is taken and fails later (BF_034), or is refused at once. */
  lowBalance: z.enum(['fails', 'refused']),
  /** The answer to a merchantRefundId used before: 400, 417, or the refund of then. */
  repeatedId: z.enum(['badRequest', 'expectationFailed', 'sameRefund']),
  /** Which of the three status bodies in circulation is answered; `all`: the fields of each. */
  statusBody: z.enum(['all', 'documented', 'clients', 'newest']),
  /** Whether `pg.refund.accepted` is sent: for Standard Checkout it may never come. */
  announcesConfirmed: z.boolean(),
  /** What becomes of the webhook of a refund that moves by itself. */
  webhook: z.enum(['send', 'lose', 'duplicate']),
  webhookBody: z.enum(['full', 'idsOnly', 'noRefundIds', 'gatewayIdOnly', 'noWrapper']),
});
export type RefundRules = z.infer<typeof refundRulesSchema>;
/** POST control/refund-rules: what is named changes, the rest stays. */
export const refundRuleChangesSchema = refundRulesSchema.partial();
export type RefundRuleChanges = z.infer<typeof refundRuleChangesSchema>;

export type RefundWebhookBody = RefundRules['webhookBody'];

export const defaultRefundRules: RefundRules = {
  delayMs: 2_000,
  cardDays: 0,
  balance: 'ample',
  lowBalance: 'fails',
  repeatedId: 'badRequest',
  statusBody: 'all',
  announcesConfirmed: false,
  webhook: 'send',
  webhookBody: 'full',
};

/** Days after the payment within which PhonePe takes a refund. */
export const WINDOW_DAYS = 90;
