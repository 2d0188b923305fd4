import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { toCarried } from '../text.ts';
import { orderDataShape } from './order-data.ts';

/** A buyer holds a payment page's address. A courtesy event: losing one costs a mail, nothing else. */
export const paymentInitiated = defineEvent({
  detailType: 'PaymentInitiated',
  schemaVersion: 1,
  data: z.object({ ...orderDataShape, redirectUrl: z.url().overwrite(toCarried) }),
});
export type PaymentInitiatedData = z.infer<typeof paymentInitiated.dataSchema>;
