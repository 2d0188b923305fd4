import { merchantOrderIdSchema, transactionIdSchema, userIdSchema } from '../ids.ts';
import { amountInPaisaSchema, currencySchema } from '../money.ts';
import { planSchema } from '../plan.ts';
import { eventTextSchema } from '../text.ts';
import { timestampSchema } from '../time.ts';

const text = eventTextSchema.min(1);

/** What every order event says of the order. It comes from our stored row, never from a webhook's body. */
export const orderDataShape = {
  transactionId: transactionIdSchema,
  merchantOrderId: merchantOrderIdSchema,
  userId: userIdSchema,
  userEmail: text.describe(
    'As the order stored it, in NFC. Compare it trimmed, lower-cased and with its domain in ASCII.',
  ),
  plan: planSchema,
  amountInPaisa: amountInPaisaSchema,
  currency: currencySchema,
  source: text.optional().describe('Which frontend the buyer came from.'),
  createdAt: timestampSchema,
  expiresAt: timestampSchema.describe('The page cannot be paid on after this.'),
};

/** What every outcome says of the gateway's side, in no gateway's own spelling. */
export const gatewayDataShape = {
  gateway: text,
  gatewayOrderId: text.optional(),
  gatewayTransactionId: text.optional(),
  gatewayEvent: text.describe(
    "What made us look: the gateway's own event name, `browser.return`, `sweep`, `manual`, `checkout`.",
  ),
  gatewayState: text.describe("The gateway's own word for the order's state."),
  answeredAt: timestampSchema
    .optional()
    .describe('When the gateway gave this answer; absent where it does not know the order.'),
};
