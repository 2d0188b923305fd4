import * as z from 'zod';
import { grantsShape } from './grant.ts';

/** A row of `marketplace-users`, as far as payments read it. Other systems own the rest of it. */
export const userItemSchema = z.object({
  userId: z.string().min(1),
  email: z.string().min(1),
  subscriptionTier: z.string().optional(),
  subscriptionStatus: z.string().optional(),
  subscriptionStartDate: z.string().optional(),
  lastPaymentDate: z.string().optional(),
  /** When the tier's unbroken cover ends; absent where it does not. */
  subscriptionEndsAt: z.string().optional(),
  ...grantsShape,
  updatedAt: z.string().optional(),
});
export type UserItem = z.infer<typeof userItemSchema>;
