import * as z from 'zod';
import { merchantOrderIdSchema, transactionIdSchema } from '../ids.ts';
import { paymentStatusSchema } from '../items/transaction.ts';
import { amountInPaisaSchema, currencySchema } from '../money.ts';

/** Why an order stands as it does, where `status` and `access` leave that open. Codes are stable. */
export const statusReasonSchema = z.enum([
  'DECLINED',
  'CANCELLED',
  'EXPIRED',
  'PAGE_EXPIRED',
  'IN_DOUBT',
  'WITHHELD',
  'TIME_OVER',
  'TAKEN_BACK',
  'PAID_TWICE',
]);
export type StatusReason = z.infer<typeof statusReasonSchema>;

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
  reason: statusReasonSchema
    .optional()
    .describe(
      'What `message` says, as a code, for pages with words of their own. FAILED: DECLINED, CANCELLED or EXPIRED. PENDING: PAGE_EXPIRED once the page has run out, IN_DOUBT while an operator looks. COMPLETED: WITHHELD (the account is suspended), TIME_OVER or TAKEN_BACK (refunded, or access ended), PAID_TWICE (this amount is owed back). More may come.',
    ),
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
