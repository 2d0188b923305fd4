import { isOutcomeDoubtful, needsAttention } from '@cloudnestle/payments/attention/attention';
import {
  dayShardOf,
  firstCheckAt,
  firstEffectsCheckAt,
  firstLateMoneyCheckAt,
  openShardOf,
} from '@cloudnestle/payments/index-keys';
import type { Order } from '@cloudnestle/payments/order';
import { mayStillBePaid } from '@cloudnestle/payments/payment-state';
import {
  planEffects,
  planLateMoney,
  planUndecided,
} from '@cloudnestle/reconciliation/sweep/plan-check';
import { indexShardCount } from '@cloudnestle/topology/shards';

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
 * The index keys that an order's row lacks, or undefined where it lacks none. Whoever gives a row the key of its day also
 * decides whether it is open, in the same write: from then on a paid or failed order that is not open was closed by
 * somebody who looked. The same at any time within the windows, so that two runs write the same.
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
      // As after a first look: before that, nobody is given up.
      const isOver = planEffects(completedAt, 1, now).nextLook === 'giveUp';
      return isOver ? undefined : firstEffectsCheckAt(completedAt);
    }
  }
}
