import * as z from 'zod';
import { merchantOrderIdSchema, transactionIdSchema } from '../ids.ts';
import { paymentStatusSchema } from '../items/transaction.ts';

/** What `/payments/callback` answers to a JSON call: what is true of the order now. */
export const callbackResponseSchema = z.object({
  success: z.literal(true),
  transactionId: transactionIdSchema,
  merchantOrderId: merchantOrderIdSchema,
  status: paymentStatusSchema.describe(
    'PENDING also while the gateway cannot be asked: the sweep finds it out.',
  ),
});
export type CallbackResponse = z.infer<typeof callbackResponseSchema>;
