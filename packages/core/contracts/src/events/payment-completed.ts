import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { instrumentSchema } from '../instrument.ts';
import { timestampSchema } from '../time.ts';
import { gatewayDataShape, orderDataShape } from './order-data.ts';

/** The gateway says the order is paid, in the amount of our row. Carries everything a subscriber needs. */
export const paymentCompleted = defineEvent({
  detailType: 'PaymentCompleted',
  schemaVersion: 2,
  data: () =>
    z.object({
      ...orderDataShape,
      ...gatewayDataShape,
      completedAt: timestampSchema.describe(
        "When the earliest COMPLETED attempt completed; without one, the order's createdAt.",
      ),
      completedAttempts: z
        .int()
        .min(2)
        .optional()
        .describe(
          'How many attempts of this order completed, where it is more than one: the rest is owed back.',
        ),
      instrument: instrumentSchema.optional(),
    }),
});
export type PaymentCompletedData = z.infer<typeof paymentCompleted.dataSchema>;
