import * as z from 'zod';
import { merchantOrderIdSchema, transactionIdSchema } from '../ids.ts';
import { paymentStatusSchema } from '../items/transaction.ts';
import { amountInPaisaSchema, currencySchema } from '../money.ts';

/** `GET /payments/status/{transactionId}`: for the return page's polling. No email, VPA, UTR or token. */
export const paymentStatusResponseSchema = z.object({
  success: z.literal(true),
  transactionId: transactionIdSchema,
  merchantOrderId: merchantOrderIdSchema,
  phonepeOrderId: z.string().optional(),
  status: paymentStatusSchema,
  amount: z.number().describe('Rupees, for people.'),
  amountInPaisa: amountInPaisaSchema,
  currency: currencySchema,
  tier: z.string(),
  message: z.string().describe('Words a buyer can read.'),
  access: z
    .enum(['PENDING', 'GRANTED', 'ENDED'])
    .describe(
      'GRANTED once user and entitlement records hold what was paid; ENDED once this order gives nothing any more: its time is over, or access was taken back.',
    ),
  retryAfterMs: z
    .int()
    .nonnegative()
    .describe('When to ask again; 0: nothing more will change soon.'),
});
export type PaymentStatusResponse = z.infer<typeof paymentStatusResponseSchema>;
