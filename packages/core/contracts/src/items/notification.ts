import * as z from 'zod';

/** Where one mail stands (rule 8). SES has no idempotency key, so this item is ours. */
export const mailStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('sending'), claimId: z.string(), claimedAt: z.string() }),
  z.object({ state: z.literal('sent'), messageId: z.string(), sentAt: z.string() }),
  /** SES may or may not have taken it: no machine sends it again. */
  z.object({ state: z.literal('unknown'), since: z.string(), why: z.string() }),
  z.object({ state: z.literal('skipped'), why: z.string(), at: z.string() }),
]);
export type MailState = z.infer<typeof mailStateSchema>;

/** `welcome` is the confirmation of a payment: a welcome to the plan, or of a pass bought again until when it is the buyer's. */
export const mailKindSchema = z.enum([
  'initiated',
  'welcome',
  'failed',
  'ending',
  'ended',
  'refunded',
  'document',
]);
export type MailKind = z.infer<typeof mailKindSchema>;

/**
 * A row of `marketplace-payment-notifications`: one per order (`order#{transactionId}`), one per refund
 * (`refund#{refundId}`) and one per document (`document#{number}`), of which an order may have several. Never expiring.
 */
export const notificationItemSchema = z.object({
  notificationKey: z.string().min(1),
  initiated: mailStateSchema.optional(),
  welcome: mailStateSchema.optional(),
  failed: mailStateSchema.optional(),
  ending: mailStateSchema.optional(),
  ended: mailStateSchema.optional(),
  refunded: mailStateSchema.optional(),
  document: mailStateSchema.optional(),
});
export type NotificationItem = z.infer<typeof notificationItemSchema>;

/** `welcome#{userId}#{planId}`: the one order whose welcome mail goes out. */
export const welcomeClaimItemSchema = z.object({
  notificationKey: z.string().min(1),
  transactionId: z.string().min(1),
  claimedAt: z.string(),
});
export type WelcomeClaimItem = z.infer<typeof welcomeClaimItemSchema>;
