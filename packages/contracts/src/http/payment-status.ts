import * as z from 'zod';
import { merchantOrderIdSchema, transactionIdSchema } from '../ids.ts';
import { amountInPaisaSchema, currencySchema } from '../money.ts';

/** `GET /payments/status/{transactionId}`: for the return page's polling. No email, VPA, UTR or token. */
export const paymentStatusResponseSchema = z.object({
  success: z.literal(true),
  transactionId: transactionIdSchema,
  merchantOrderId: merchantOrderIdSchema,
  phonepeOrderId: z.string().optional(),
  status: z.enum(['PENDING', 'COMPLETED', 'FAILED']),
  /** Rupees, for people. */
  amount: z.number(),
  amountInPaisa: amountInPaisaSchema,
  currency: currencySchema,
  tier: z.string(),
  message: z.string(),
  /** GRANTED once user and entitlement records hold the tier that was paid. */
  access: z.enum(['PENDING', 'GRANTED']),
  /** When to ask again; 0: nothing more will change soon. */
  retryAfterMs: z.int().nonnegative(),
});
export type PaymentStatusResponse = z.infer<typeof paymentStatusResponseSchema>;
