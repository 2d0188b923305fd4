import type { CheckoutItem } from '@cloudnestle/contracts/items/checkout';
import type { OrderRows } from './order-rows.ts';

/**
 * An order of this buyer and tier whose money was taken and whose access was not taken back (design, rules 2 and 3).
 * A row that is gone or cannot be read stands: nobody is charged again on a doubt.
 */
export async function findStandingPayment(
  rows: Pick<OrderRows, 'find'>,
  { paid = {} }: Pick<CheckoutItem, 'paid'>,
): Promise<string | undefined> {
  for (const transactionId of Object.keys(paid).sort()) {
    const found = await rows.find(transactionId);
    const isRevoked = found?.kind === 'order' && found.order.row.accessRevokedAt !== undefined;
    if (!isRevoked) return transactionId;
  }
  return undefined;
}
