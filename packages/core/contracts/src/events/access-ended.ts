import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { transactionIdSchema, userIdSchema } from '../ids.ts';
import { planSchema } from '../plan.ts';
import { eventTextSchema } from '../text.ts';
import { timestampSchema } from '../time.ts';

/** Why a paid order gives no access any more. */
export const accessEndReasonSchema = z.enum(['EXPIRED', 'REFUNDED', 'DISPUTE_LOST', 'OPERATOR']);
export type AccessEndReason = z.infer<typeof accessEndReasonSchema>;

/**
 * A paid order stops giving access: its pass ran out (EXPIRED), or the order's row says that access was taken back. It may
 * arrive before the payment it ends, and late: token validation knows the end without it.
 */
export const accessEnded = defineEvent({
  detailType: 'AccessEnded',
  schemaVersion: 1,
  data: () =>
    z.object({
      transactionId: transactionIdSchema,
      userId: userIdSchema,
      userEmail: eventTextSchema
        .min(1)
        .describe('As the order stored it, in NFC, like in the events of its payment.'),
      plan: planSchema,
      endedAt: timestampSchema.describe(
        'When access ended: the end of the pass, or when it was taken back.',
      ),
      reason: accessEndReasonSchema.describe(
        'EXPIRED sets nothing and only has the fields derived again: a late payment may still move the end.',
      ),
    }),
});
export type AccessEndedData = z.infer<typeof accessEnded.dataSchema>;
