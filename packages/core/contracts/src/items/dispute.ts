import * as z from 'zod';
import { timestampSchema } from '../time.ts';

/** OPEN until the bank has decided: WON leaves the money here, LOST takes it. */
export const disputeStateSchema = z.enum(['OPEN', 'WON', 'LOST']);
export type DisputeState = z.infer<typeof disputeStateSchema>;

/** `disputes.{disputeId}` of an order's row: where a dispute with the buyer's bank stands. Its history is the order's. */
export const disputeSchema = z.object({
  state: disputeStateSchema,
  /** When the gateway first spoke of it. */
  since: timestampSchema,
  /** When it first said what makes the state. */
  at: timestampSchema,
  /** The gateway's own word for the state. */
  gatewayState: z.string().min(1),
});
export type Dispute = z.infer<typeof disputeSchema>;
