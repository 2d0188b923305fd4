import { transactionIdSchema } from '@cloudnestle/contracts/ids';
import { toTransactionId } from '@cloudnestle/payments/order-ids';

/** The transaction id of an order that is named by it or by its merchant order id, as people copy them; or why it is none. */
export function readOrderId(text: string): { transactionId: string } | { problem: string } {
  const id = text.trim();
  const read = transactionIdSchema.safeParse(id.startsWith('txn_') ? id : toTransactionId(id));
  if (read.success) return { transactionId: read.data };
  return { problem: read.error.issues[0]?.message ?? 'is none' };
}
