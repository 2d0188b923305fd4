import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { merchantOrderIdSchema, userIdSchema } from '../ids.ts';
import { amountInPaisaSchema, currencySchema } from '../money.ts';
import { planSchema } from '../plan.ts';
import { eventTextSchema } from '../text.ts';
import { timestampSchema } from '../time.ts';
import { refundDataShape, refundGatewayShape } from './refund-data.ts';

/** Money went back to the buyer: the gateway's own refund status says so. */
export const paymentRefunded = defineEvent({
  detailType: 'PaymentRefunded',
  schemaVersion: 1,
  data: () =>
    z.object({
      ...refundDataShape,
      ...refundGatewayShape,
      merchantOrderId: merchantOrderIdSchema,
      userId: userIdSchema,
      userEmail: eventTextSchema
        .min(1)
        .describe('As the order stored it, in NFC, like in the events of its payment.'),
      plan: planSchema,
      currency: currencySchema,
      totalRefundedInPaisa: amountInPaisaSchema.describe(
        'Of all refunds of the order that are known, this one included.',
      ),
      isFull: z.boolean().describe('All that was paid for the order went back.'),
      refundedAt: timestampSchema.describe('When the gateway completed it; else when it said so.'),
    }),
});
export type PaymentRefundedData = z.infer<typeof paymentRefunded.dataSchema>;
