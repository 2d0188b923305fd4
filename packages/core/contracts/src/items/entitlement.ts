import * as z from 'zod';
import { grantsShape } from './grant.ts';

const text = z.string();

/**
 * A record of `marketplace-user-solution-entitlements`. Two shapes live side by side:
 * by user id (`dailyUsage` number, `updatedAt`) and by email (`usage.daily_usage` map, `updated_at`).
 * Each keeps its own spelling.
 */
export const entitlementItemSchema = z.object({
  pk: text,
  sk: text,
  token: text.optional(),
  solution_id: text.optional(),
  tier: text.optional(),
  access_tier: text.optional(),
  accessTier: text.optional(),
  status: text.optional(),
  dailyUsage: z.number().optional(),
  lastUsageDate: text.optional(),
  usage: z.looseObject({ daily_usage: z.record(z.string(), z.number()).optional() }).optional(),
  user_id: text.optional(),
  user_email: text.optional(),
  createdAt: text.optional(),
  created_at: text.optional(),
  updatedAt: text.optional(),
  updated_at: text.optional(),
  ...grantsShape,
  /** The paid order that granted access: the smallest (completedAt, transactionId) of those that stand. */
  grantedByTransactionId: text.optional(),
  grantedAt: text.optional(),
  /** Set where the payment itself had to create the record. */
  createdByTransactionId: text.optional(),
});
export type EntitlementItem = z.infer<typeof entitlementItemSchema>;
