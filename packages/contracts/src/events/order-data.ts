import * as z from 'zod';
import { merchantOrderIdSchema, transactionIdSchema, userIdSchema } from '../ids.ts';
import { amountInPaisaSchema, currencySchema } from '../money.ts';
import { planSchema } from '../plan.ts';
import { timestampSchema } from '../time.ts';

/** What every order event says of the order. It comes from our stored row, never from a webhook's body. */
export const orderDataShape = {
  transactionId: transactionIdSchema,
  merchantOrderId: merchantOrderIdSchema,
  userId: userIdSchema,
  userEmail: z
    .string()
    .min(1)
    .describe('As the order stored it; compare it trimmed and lower-cased.'),
  plan: planSchema,
  amountInPaisa: amountInPaisaSchema,
  currency: currencySchema,
  source: z.string().min(1).optional().describe('Which frontend the buyer came from.'),
  createdAt: timestampSchema,
  expiresAt: timestampSchema.describe('Nobody can pay on the page after this.'),
};

/** What every outcome says of the gateway's side, in nobody's spelling. */
export const gatewayDataShape = {
  gateway: z.string().min(1),
  gatewayOrderId: z.string().min(1).optional(),
  gatewayTransactionId: z.string().min(1).optional(),
  gatewayEvent: z
    .string()
    .min(1)
    .describe(
      "What made us look: the gateway's own event name, `browser.return`, `sweep`, `manual`, `checkout`.",
    ),
  gatewayState: z.string().min(1).describe("The gateway's own word for the order's state."),
  answeredAt: timestampSchema
    .optional()
    .describe('When the gateway gave this answer; absent where it does not know the order.'),
};
