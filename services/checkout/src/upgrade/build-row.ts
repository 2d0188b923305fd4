import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { addMs, toTimestamp } from '@cloudnestle/payments/clock';
import { initiatedEventId } from '@cloudnestle/payments/event-ids';
import { dayShardOf, firstCheckAt, openShardOf } from '@cloudnestle/payments/index-keys';
import { ORDER_LIFETIME_SECONDS } from '@cloudnestle/payments/order';
import { indexShardCount } from '@cloudnestle/topology/shards';
import type { Claim } from './claim.ts';
import type { Purchase } from './read-purchase.ts';

export type NewRow = TransactionItem & { expiresAt: string };

/** The order's row before the gateway has heard of it: PENDING, and already where the sweep will find it. */
export function buildRow(
  { userId, userEmail, plan, frontend }: Purchase,
  { merchantOrderId, transactionId, claimId }: Omit<Claim, 'checkoutKey'>,
  facts: { now: Date; gateway: string },
): NewRow {
  const createdAt = toTimestamp(facts.now);
  return {
    transactionId,
    merchantOrderId,
    userId,
    userEmail,
    tier: plan.tier,
    amount: plan.amountInPaisa,
    currency: plan.currency,
    plan,
    status: 'PENDING',
    paymentMethod: facts.gateway,
    source: frontend.id,
    createdAt,
    updatedAt: createdAt,
    expiresAt: toTimestamp(addMs(facts.now, ORDER_LIFETIME_SECONDS * 1000)),
    createdBy: claimId,
    history: { [initiatedEventId(merchantOrderId)]: { what: 'created', at: createdAt } },
    openShard: openShardOf(transactionId, indexShardCount),
    nextCheckAt: firstCheckAt(facts.now),
    dayShard: dayShardOf(transactionId, facts.now, indexShardCount),
  };
}
