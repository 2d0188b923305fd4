import * as z from 'zod';
import { merchantOrderIdSchema, transactionIdSchema, userIdSchema } from '../ids.ts';
import { amountInPaisaSchema, currencySchema } from '../money.ts';
import { timestampSchema } from '../time.ts';

/** `POST /payments/upgrade-to-pro` (mission, Initiate Payment). */
export const upgradeRequestSchema = z.object({
  userId: userIdSchema,
  /** Only its shape is judged here: what counts is that it is the email in the user's row. */
  userEmail: z
    .string()
    .max(254)
    .regex(/^\s*[^\s@\p{Cc}]+@[^\s@\p{Cc}]+\s*$/u, { error: 'must be an email address' }),
  tier: z.string().min(1).max(40),
  /** Which frontend the buyer comes from; picks the return page. */
  source: z.string().min(1).max(40).optional(),
});
export type UpgradeRequest = z.infer<typeof upgradeRequestSchema>;

export const upgradeResponseSchema = z.object({
  success: z.literal(true),
  transactionId: transactionIdSchema,
  merchantOrderId: merchantOrderIdSchema,
  phonepeOrderId: z.string(),
  redirectUrl: z.url(),
  /** Rupees, for people: 299. The live frontend shows it as it is. */
  amount: z.number(),
  amountInPaisa: amountInPaisaSchema,
  currency: currencySchema,
  status: z.literal('PENDING'),
  message: z.string(),
  expiresAt: timestampSchema,
  /** True where an earlier click's order is answered again. */
  reused: z.boolean(),
});
export type UpgradeResponse = z.infer<typeof upgradeResponseSchema>;
