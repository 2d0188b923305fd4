import { formatRupees } from '@cloudnestle/payments/money';
import { contentOf } from '../story/part.ts';
import type { Story } from '../story/story.ts';
import type { Finding } from './finding.ts';

/** What the buyer's other orders mean for this one. */
export function judgeOtherOrders({ order, others }: Story): Finding[] {
  const { row } = order;
  const found: Finding[] = [];
  if (row.supersededBy !== undefined) {
    const text = `Another order took its place (${row.supersededBy}): nobody ever had the page of this one.`;
    found.push({ text });
  }
  if (row.duplicateOf !== undefined && row.accessRevokedAt === undefined) {
    const text =
      `The buyer had already paid with ${row.duplicateOf}: the ${formatRupees(order.amountInPaisa)} of this order are ` +
      "owed back. Refund it in PhonePe's dashboard; access stays with the other one.";
    found.push({ need: 'person', text });
  }
  for (const other of contentOf(others)?.orders ?? []) {
    const isPaid = other.status === 'COMPLETED' && other.accessRevokedAt === undefined;
    if (!isPaid) continue;
    if (other.duplicateOf === row.transactionId) {
      const text = `The buyer has paid a second time, with ${other.transactionId}: that one is owed back.`;
      found.push({ text });
    } else if (row.status !== 'COMPLETED') {
      found.push({ text: `The buyer has paid with another order: ${other.transactionId}.` });
    }
  }
  return found;
}
