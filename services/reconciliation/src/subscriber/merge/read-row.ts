import { failureReasonSchema } from '@cloudnestle/contracts/events/payment-failed';
import { paymentStatusSchema } from '@cloudnestle/contracts/items/transaction';
import { timestampSchema } from '@cloudnestle/contracts/time';
import { PermanentError } from '@cloudnestle/runtime/errors';
import * as z from 'zod';

/** Rows of the replaced system: what is spelled in another way counts as not said. */
const text = z.string().min(1).optional().catch(undefined);
const timestamp = timestampSchema.optional().catch(undefined);

const rowSchema = z.object({
  transactionId: z.string().min(1),
  status: paymentStatusSchema,
  createdAt: text,
  expiresAt: text,
  phonepeOrderId: text,
  needsReview: text,
  duplicateOf: text,
  duplicateOfCompletedAt: timestamp,
  completedAt: timestamp,
  failedAt: timestamp,
  failureReason: failureReasonSchema.optional().catch(undefined),
  failureAttempted: z.boolean().optional().catch(undefined),
  webhookEvent: text,
  phonepe_status: text,
  phonepe_transaction_id: text,
  payment_mode: text,
  utr: text,
  upi_transaction_id: text,
  vpa: text,
  openShard: text,
  nextCheckAt: text,
  dayShard: text,
});
export type Row = z.infer<typeof rowSchema>;

/** An order's row as the merges need it. Throws `PermanentError` where even its id or status cannot be read. */
export function readRow(item: Record<string, unknown>): Row {
  const parsed = rowSchema.safeParse(item);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new PermanentError(`the transaction row cannot be read: ${fields}`);
}
