import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { amountInPaisaSchema } from '../money.ts';
import { eventTextSchema } from '../text.ts';

const text = eventTextSchema.min(1);

/** Something the gateway said that is no payment outcome: a refund, a dispute, or an answer that does not fit our row. */
export const gatewayEventReceived = defineEvent({
  detailType: 'GatewayEventReceived',
  schemaVersion: 2,
  data: () =>
    z.object({
      kind: z.enum(['refund', 'dispute', 'mismatch']),
      gateway: text
        .optional()
        .describe('The gateway that said it. Absent in version 1, which had only `phonepe`.'),
      gatewayState: text,
      merchantOrderId: text.optional(),
      gatewayOrderId: text.optional(),
      merchantRefundId: text.optional(),
      gatewayRefundId: text.optional(),
      disputeId: text.optional(),
      amountInPaisa: amountInPaisaSchema.optional(),
    }),
});
export type GatewayEventReceivedData = z.infer<typeof gatewayEventReceived.dataSchema>;
