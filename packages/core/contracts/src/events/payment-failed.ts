import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { instrumentSchema } from '../instrument.ts';
import { eventTextSchema } from '../text.ts';
import { timestampSchema } from '../time.ts';
import { gatewayDataShape, orderDataShape } from './order-data.ts';

/** Why an order failed. Money can still arrive later: FAILED may become COMPLETED, never the reverse. */
export const failureReasonSchema = z.enum([
  'DECLINED',
  'CANCELLED',
  'EXPIRED',
  'UNKNOWN_AT_GATEWAY',
]);
export type FailureReason = z.infer<typeof failureReasonSchema>;

/** The gateway says the order ended unpaid. */
export const paymentFailed = defineEvent({
  detailType: 'PaymentFailed',
  schemaVersion: 2,
  data: () =>
    z.object({
      ...orderDataShape,
      ...gatewayDataShape,
      failedAt: timestampSchema.describe(
        "The latest attempt's time; without one, the order's expiry.",
      ),
      reason: failureReasonSchema,
      attempted: z.boolean().describe('Whether the buyer tried to pay at all and was refused.'),
      gatewayErrorCode: eventTextSchema
        .min(1)
        .optional()
        .describe("The gateway's code, for operators; never shown to buyers."),
      instrument: instrumentSchema.optional(),
    }),
});
export type PaymentFailedData = z.infer<typeof paymentFailed.dataSchema>;
