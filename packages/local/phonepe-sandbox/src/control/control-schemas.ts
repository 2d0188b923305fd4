import * as z from 'zod';
import { refundRulesSchema } from '../refunds/refund-rules.ts';

const outcome = z.enum(['COMPLETED', 'FAILED', 'CANCELLED', 'EXPIRED']);
const webhook = z.enum(['send', 'lose', 'duplicate']);

/** POST control/orders/{merchantOrderId}: what the buyer would do on the hosted page. */
export const finishOrderSchema = z.strictObject({
  outcome,
  /** Default UPI; `SPLIT` pays half by UPI, half from a wallet. */
  mode: z.enum(['UPI', 'CARD', 'NET_BANKING', 'SPLIT']).optional(),
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

/** POST control/refunds/{merchantRefundId}: moves it on by hand, and nothing moves it by itself afterwards. */
export const finishRefundSchema = z.strictObject({
  /** CONFIRMED is not the end: COMPLETED or FAILED may follow. */
  outcome: z.enum(['CONFIRMED', 'COMPLETED', 'FAILED']),
  webhook: webhook.optional(),
  /** Default full; the others are peculiar bodies that are in circulation. */
  webhookBody: refundRulesSchema.shape.webhookBody.optional(),
  /** Only with FAILED; default REFUND_BREACHED, BF_034. */
  failure: z
    .strictObject({ errorCode: z.string().min(1), detailedErrorCode: z.string().min(1) })
    .optional(),
});
export type FinishRefund = z.infer<typeof finishRefundSchema>;

/** POST control/orders/{merchantOrderId}/refund: money paid back in PhonePe's dashboard. */
export const dashboardRefundSchema = z.strictObject({
  /** Default: all that is left. */
  amountInPaisa: z.int().min(100).optional(),
});
export type DashboardRefund = z.infer<typeof dashboardRefundSchema>;

/** POST control/rotate: old tokens are void; what is given replaces the old value. */
export const rotateSchema = z.strictObject({
  clientId: z.string().min(1).optional(),
  clientSecret: z.string().min(1).optional(),
  clientVersion: z.string().min(1).optional(),
  merchantId: z.string().min(1).optional(),
});
export type Rotation = z.infer<typeof rotateSchema>;
