import * as z from 'zod';
import { billingSchema } from '../billing.ts';
import { merchantOrderIdSchema, transactionIdSchema, userIdSchema } from '../ids.ts';
import { amountInPaisaSchema, currencySchema } from '../money.ts';
import { textSchema } from '../text.ts';
import { timestampSchema } from '../time.ts';

/** `POST /payments/upgrade-to-pro`. */
export const upgradeRequestSchema = z.object({
  userId: userIdSchema,
  userEmail: textSchema
    .max(254)
    .regex(/^\s*[^\s@\p{Cc}]+@[^\s@\p{Cc}]+\s*$/u, { error: 'must be an email address' })
    .describe(
      "The email in the user's own row, in any spelling of the same address; another buyer's is a 404.",
    ),
  tier: textSchema.min(1).max(40).describe('What to buy: a tier that is on sale, `pro`.'),
  planId: textSchema
    .min(1)
    .max(60)
    .optional()
    .describe(
      'Which plan of the tier (`GET /payments/plans`). Left out: its only one on sale, or the only one that is bought for ever.',
    ),
  source: textSchema
    .min(1)
    .max(40)
    .optional()
    .describe(
      'Which frontend the buyer comes from: picks the return page. Left out: the first one.',
    ),
  billing: billingSchema
    .optional()
    .describe(
      "Whom the invoice is made out to. Left out: as in the buyer's last order, else the seller's State is assumed.",
    ),
});
export type UpgradeRequest = z.infer<typeof upgradeRequestSchema>;

export const upgradeResponseSchema = z.object({
  success: z.literal(true),
  transactionId: transactionIdSchema,
  merchantOrderId: merchantOrderIdSchema,
  phonepeOrderId: z.string(),
  redirectUrl: z.url().describe('The payment page: send the browser there.'),
  // The live frontend shows it as it is.
  amount: z.number().describe('Rupees, for people.'),
  amountInPaisa: amountInPaisaSchema,
  currency: currencySchema,
  status: z.literal('PENDING'),
  message: z.string(),
  expiresAt: timestampSchema.describe('The page cannot be paid on after this.'),
  reused: z.boolean().describe("True where an earlier click's order is answered again."),
});
export type UpgradeResponse = z.infer<typeof upgradeResponseSchema>;
