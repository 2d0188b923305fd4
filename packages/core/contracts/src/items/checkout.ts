import * as z from 'zod';
import { billingSchema } from '../billing.ts';

/**
 * A row of `marketplace-payment-checkouts`: one buyer and one plan's tier. The slot names the current order;
 * `paid` remembers every paid one. The item is never removed.
 */
export const checkoutItemSchema = z.object({
  /** `{userId}#{tier}` */
  checkoutKey: z.string().min(1),
  merchantOrderId: z.string().min(1).optional(),
  /** Who took the slot (rule 9). */
  claimId: z.string().min(1).optional(),
  /** Until then its claimant may still be asking the gateway for a page. */
  leaseUntil: z.string().min(1).optional(),
  /** transactionId -> completedAt of every paid order whose access stands. */
  paid: z.record(z.string(), z.string()).optional(),
  updatedAt: z.string().optional(),
});
export type CheckoutItem = z.infer<typeof checkoutItemSchema>;

/**
 * `#billing#{userId}` in the same table: whom the buyer's last order was made out to, for the next one, which may not say it.
 */
export const billingProfileItemSchema = z.object({
  checkoutKey: z.string().min(1),
  billing: billingSchema,
  updatedAt: z.string(),
});
