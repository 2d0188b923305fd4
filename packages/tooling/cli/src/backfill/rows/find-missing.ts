import { isRefundedInFull, moneySteps } from '@cloudnestle/operations/attention/money-steps';
import { raise, type Step, takeSteps } from '@cloudnestle/operations/attention/steps';
import { readMoment } from '@cloudnestle/operations/row';
import {
  planEffects,
  planLateMoney,
  planUndecided,
} from '@cloudnestle/operations/sweep/plan-check';
import {
  type AttentionAttributes,
  adoptReview,
  attentionAttributes,
  attentionOf,
  isOutcomeDoubtful,
  needsAttention,
} from '@cloudnestle/payments/attention/attention';
import {
  dayShardOf,
  firstCheckAt,
  firstEffectsCheckAt,
  firstLateMoneyCheckAt,
  openShardOf,
} from '@cloudnestle/payments/index-keys';
import type { Order } from '@cloudnestle/payments/order';
import { mayStillBePaid } from '@cloudnestle/payments/order';
import { indexShardCount } from '@cloudnestle/topology/tables';

/** Index keys as an order's row has them. */
export interface MissingKeys {
  dayShard?: string;
  openShard?: string;
  nextCheckAt?: string;
}

/** What the decision depends on; `amount` and the like do not matter. */
export const decisive = [
  'status',
  'failureReason',
  'createdAt',
  'expiresAt',
  'completedAt',
  'dayShard',
  'openShard',
  'nextCheckAt',
] as const;

/**
 * The index keys that an order's row lacks, or undefined where it lacks none. The write that gives a row the key of its
 * day also decides whether it is open: from then on a paid or failed order that is not open was closed by the sweep or
 * an operator. The same at any time within the windows, so that two runs write the same.
 */
export function findMissingKeys(order: Order, now: Date): MissingKeys | undefined {
  const { row, createdAt } = order;
  const { transactionId, dayShard, status } = row;
  const day =
    dayShard === undefined
      ? { dayShard: dayShardOf(transactionId, createdAt, indexShardCount) }
      : undefined;
  const mayOpen = day !== undefined || status === 'PENDING';
  const nextCheckAt = mayOpen && !isOpen(order) ? findFirstLook(order, now) : undefined;
  const open = nextCheckAt && {
    openShard: openShardOf(transactionId, indexShardCount),
    nextCheckAt,
  };
  return day || open ? { ...day, ...open } : undefined;
}

/** Whether an order waits for an outcome, and has waited too long for any sweep. */
export function isLeftUndecided(order: Order, now: Date): boolean {
  if (order.row.status !== 'PENDING' || isGivenUp(order) || isOpen(order)) return false;
  return findFirstLook(order, now) === undefined;
}

function isOpen({ row }: Order): boolean {
  return row.openShard !== undefined && row.nextCheckAt !== undefined;
}

/** Whether the sweep has left the order to a person. */
function isGivenUp({ row }: Order): boolean {
  return isOutcomeDoubtful(row) || needsAttention(row, 'EFFECTS_MISSING');
}

/** When the sweep first looks at an order, or undefined where it would not look any more. */
function findFirstLook(order: Order, now: Date): string | undefined {
  const { row, createdAt, expiresAt } = order;
  if (isGivenUp(order)) return undefined;
  switch (row.status) {
    case 'PENDING':
      return planUndecided(expiresAt, now) === 'giveUp' ? undefined : firstCheckAt(createdAt);
    case 'FAILED': {
      const mayBePaid = row.failureReason === undefined || mayStillBePaid(row.failureReason);
      const isWorthIt = mayBePaid && planLateMoney(expiresAt, now) !== undefined;
      return isWorthIt ? firstLateMoneyCheckAt(expiresAt) : undefined;
    }
    case 'COMPLETED': {
      const completedAt = new Date(row.completedAt ?? createdAt);
      // As after a first look: before that, the sweep gives up no order.
      const isOver = planEffects(completedAt, 1, now).nextLook === 'giveUp';
      return isOver ? undefined : firstEffectsCheckAt(completedAt);
    }
  }
}

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
