import { transactionIdSchema } from '../ids.ts';
import { refundOriginSchema, refundReasonSchema } from '../items/refund.ts';
import { amountInPaisaSchema } from '../money.ts';
import { eventTextSchema } from '../text.ts';

const text = eventTextSchema.min(1);

/** What every event of a refund says of it. */
export const refundDataShape = {
  refundId: text.describe("Our id of the refund, which is the gateway's merchantRefundId."),
  transactionId: transactionIdSchema,
  amountInPaisa: amountInPaisaSchema.describe('Of this refund; whole paisa.'),
  reason: refundReasonSchema,
  origin: refundOriginSchema,
};

/** What an event of a refund's end says of the gateway's side. */
export const refundGatewayShape = {
  gateway: text,
  gatewayRefundId: text.optional(),
  gatewayState: text.describe("The gateway's own word for the refund's state."),
};
