import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { RefundItem } from '@cloudnestle/contracts/items/refund';
import { listRefundIds } from './order-money.ts';
import { listRefunds, type RefundRows } from './refund-rows.ts';

/** All refunds of an order, the oldest first, as the index has them: a moment behind. */
export type ListRefundsOf = (transactionId: string) => Promise<RefundItem[]>;

export function createListRefundsOf(
  where: { dynamo: DynamoDBDocumentClient; table: string; index: string },
  onUnreadable: (refundId: string) => void,
): ListRefundsOf {
  return async (transactionId) => {
    const found: RefundItem[] = [];
    const key = { name: 'transactionId', value: transactionId } as const;
    for await (const page of listRefunds(where, key, onUnreadable)) found.push(...page);
    return found.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  };
}

/** Where the refunds of an order are read. */
export interface RefundSources {
  refunds: Pick<RefundRows, 'find'>;
  listRefundsOf: ListRefundsOf;
}

/**
 * Every refund of an order as it stands now, the oldest first. What the index does not have yet and the order's row names
 * is read by its id.
 */
export async function readRefundsOf(
  { refunds, listRefundsOf }: RefundSources,
  row: Readonly<Record<string, unknown>> & { transactionId: string },
): Promise<RefundItem[]> {
  const listed = await listRefundsOf(row.transactionId);
  const ids = new Set([...listed.map(({ refundId }) => refundId), ...listRefundIds(row)]);
  const read = await Promise.all([...ids].map((refundId) => refunds.find(refundId)));
  return read
    .filter((refund) => refund !== undefined)
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}
