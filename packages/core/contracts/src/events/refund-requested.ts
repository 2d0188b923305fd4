import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { timestampSchema } from '../time.ts';
import { refundDataShape } from './refund-data.ts';

/** Money is to be paid back, and the amount is set aside on the order. A reason to ask the gateway now, not in a minute. */
export const refundRequested = defineEvent({
  detailType: 'RefundRequested',
  schemaVersion: 1,
  data: () => z.object({ ...refundDataShape, requestedAt: timestampSchema }),
});
export type RefundRequestedData = z.infer<typeof refundRequested.dataSchema>;
