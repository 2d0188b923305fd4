import {
  type AttentionAttributes,
  adoptReview,
  attentionAttributes,
  attentionOf,
} from '@cloudnestle/payments/attention/attention';
import { raise, type Step, takeSteps } from '@cloudnestle/reconciliation/attention/steps';
import {
  isRefundedInFull,
  moneySteps,
} from '@cloudnestle/reconciliation/subscriber/merge/money-steps';
import { readMoment } from '@cloudnestle/reconciliation/subscriber/merge/open-order';
import { indexShardCount } from '@cloudnestle/topology/shards';

type Item = Record<string, unknown>;

/** What the decision depends on. */
export const decisiveForAttention = [
  ...attentionAttributes,
  'amount',
  'completedAt',
  'completedAttempts',
  'duplicateOf',
  'accessRevokedAt',
  'refunds',
] as const;

/**
 * What a row's own facts say needs a person, where an earlier version has only warned of it once: its review, money that
 * is owed back, and refunds of a part. Undefined where the row says it all already, or where an operator has dealt with
 * it. A row that cannot be read keeps its review. A dispute leaves no state on an old row: it was warned of when it came.
 */
export function findMissingAttention(
  item: Item,
  { isReadable }: { isReadable: boolean },
): AttentionAttributes | undefined {
  const adopted: Step = (row) => adoptReview(row, { shardCount: indexShardCount });
  const facts = isReadable ? [...moneySteps(item), ...refundSteps(item)] : [];
  const attributes = takeSteps(item, [adopted, ...facts]);
  return attributes.attentionVersion === attentionOf(item).attentionVersion
    ? undefined
    : attributes;
}

/** When a refund came, old rows do not say; their last write is never too early. */
function refundSteps(item: Item): Step[] {
  if (isRefundedInFull(item)) return [];
  const at = (readMoment(String(item.updatedAt)) ?? new Date(0)).toISOString();
  return Object.entries(Object(item.refunds)).flatMap(([id, paisa]) => {
    const isPart = typeof paisa === 'number' && paisa < Number(item.amount);
    const detail = `refund ${id} over ${paisa} paisa`;
    return isPart ? [raise({ reason: 'PARTIAL_REFUND', id, at, detail })] : [];
  });
}
