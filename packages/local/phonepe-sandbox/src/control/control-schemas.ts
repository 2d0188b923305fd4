import * as z from 'zod';

const outcome = z.enum(['COMPLETED', 'FAILED', 'CANCELLED', 'EXPIRED']);
const webhook = z.enum(['send', 'lose', 'duplicate']);

/** POST control/orders/{merchantOrderId}: what the buyer would do on the hosted page. */
export const finishOrderSchema = z.strictObject({
  outcome,
  /** Default UPI. */
  mode: z.enum(['UPI', 'CARD', 'NET_BANKING']).optional(),
  /** Default send. `duplicate` sends it twice at the same time. */
  webhook: webhook.optional(),
  /** A first attempt fails and is announced, the order staying PENDING; then the outcome. */
  secondAttempt: z.boolean().optional(),
  /** Two attempts complete, six seconds apart: the buyer's money is taken twice. Only with COMPLETED. */
  paidTwice: z.boolean().optional(),
  /** What PhonePe says from now on the order costs: a mismatch on purpose. */
  amountInPaisa: z.int().min(1).optional(),
  /** When it happens; default now. */
  at: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
});
export type FinishOrder = z.infer<typeof finishOrderSchema>;

/** POST control/refunds/{merchantRefundId}. */
export const finishRefundSchema = z.strictObject({
  outcome: z.enum(['COMPLETED', 'FAILED']),
  webhook: webhook.optional(),
});
export type FinishRefund = z.infer<typeof finishRefundSchema>;

/** POST control/rotate: old tokens are void; what is given replaces the old value. */
export const rotateSchema = z.strictObject({
  clientId: z.string().min(1).optional(),
  clientSecret: z.string().min(1).optional(),
  clientVersion: z.string().min(1).optional(),
  merchantId: z.string().min(1).optional(),
});
export type Rotation = z.infer<typeof rotateSchema>;
