import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { amountInPaisaSchema } from '../money.ts';

/** Something the gateway said that is no payment outcome: a refund, a dispute, or an answer that does not fit our row. */
export const gatewayEventReceived = defineEvent({
  detailType: 'GatewayEventReceived',
  schemaVersion: 1,
  data: z.object({
    kind: z.enum(['refund', 'dispute', 'mismatch']),
    gatewayState: z.string().min(1),
    merchantOrderId: z.string().min(1).optional(),
    gatewayOrderId: z.string().min(1).optional(),
    merchantRefundId: z.string().min(1).optional(),
    gatewayRefundId: z.string().min(1).optional(),
    disputeId: z.string().min(1).optional(),
    amountInPaisa: amountInPaisaSchema.optional(),
  }),
});
export type GatewayEventReceivedData = z.infer<typeof gatewayEventReceived.dataSchema>;
