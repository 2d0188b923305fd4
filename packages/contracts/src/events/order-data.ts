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
  /** As the order stored it; compare trimmed and lower-cased. */
  userEmail: z.string().min(1),
  plan: planSchema,
  amountInPaisa: amountInPaisaSchema,
  currency: currencySchema,
  /** Which frontend the buyer came from. */
  source: z.string().min(1).optional(),
  createdAt: timestampSchema,
  expiresAt: timestampSchema,
};

/** What every outcome says of the gateway's side, in nobody's spelling. */
export const gatewayDataShape = {
  gateway: z.string().min(1),
  gatewayOrderId: z.string().min(1).optional(),
  gatewayTransactionId: z.string().min(1).optional(),
  /** What made us look: the gateway's own event name, `browser.return`, `sweep`, `manual`, `checkout`. */
  gatewayEvent: z.string().min(1),
  /** The gateway's own word for the order's state. */
  gatewayState: z.string().min(1),
};
