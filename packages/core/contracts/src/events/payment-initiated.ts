import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { eventTextSchema, toCarried } from '../text.ts';
import { orderDataShape } from './order-data.ts';

/** A buyer holds a payment page's address. A courtesy event: losing one costs a mail, nothing else. */
export const paymentInitiated = defineEvent({
  detailType: 'PaymentInitiated',
  schemaVersion: 3,
  data: () =>
    z.object({
      ...orderDataShape,
      gateway: eventTextSchema
        .min(1)
        .optional()
        .describe('Where the page is. Absent in version 1, which had only `phonepe`.'),
      redirectUrl: z.url().overwrite(toCarried),
    }),
});
export type PaymentInitiatedData = z.infer<typeof paymentInitiated.dataSchema>;
