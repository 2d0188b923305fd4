import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { transactionIdSchema } from '../ids.ts';
import { eventTextSchema } from '../text.ts';
import { timestampSchema } from '../time.ts';

const text = eventTextSchema.min(1);

/**
 * Money is said to go back, and the gateway's own refund status does not bear it out: an operator must look. It says nothing
 * of how the refund ends, and what was set aside stays so.
 */
export const refundInDoubt = defineEvent({
  detailType: 'RefundInDoubt',
  schemaVersion: 1,
  data: () =>
    z.object({
      refundId: text.describe('The best id there is of it.'),
      transactionId: transactionIdSchema,
      gatewayState: text.optional().describe('What the event that made us ask said.'),
      doubt: text.describe('For an operator; no personal data.'),
      since: timestampSchema,
    }),
});
export type RefundInDoubtData = z.infer<typeof refundInDoubt.dataSchema>;
