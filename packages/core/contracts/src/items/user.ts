import * as z from 'zod';

/** A row of `marketplace-users`, as far as payments read it. Other systems own the rest of it. */
export const userItemSchema = z.object({
  userId: z.string().min(1),
  email: z.string().min(1),
  subscriptionTier: z.string().optional(),
  subscriptionStatus: z.string().optional(),
  subscriptionStartDate: z.string().optional(),
  lastPaymentDate: z.string().optional(),
  updatedAt: z.string().optional(),
});
export type UserItem = z.infer<typeof userItemSchema>;
