import type { accessEnded } from '@cloudnestle/contracts/events/access-ended';
import type { paymentCompleted } from '@cloudnestle/contracts/events/payment-completed';
import type { Tier } from '@cloudnestle/contracts/plan';
import { newsOf } from '@cloudnestle/payments/access/grants';
import type { Clock } from '@cloudnestle/payments/clock';
import { findForeignClaim } from '@cloudnestle/payments/order';
import { mergeTier } from '@cloudnestle/runtime/access/merge-tier';
import { PermanentError } from '@cloudnestle/runtime/errors';
import type { ItemChange, MergeResult } from '@cloudnestle/runtime/merge-item';
import type { Metrics } from '@cloudnestle/runtime/metrics';
import type { Delivery, ReceivedEvent, RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';

export interface UpgradeDependencies {
  tiers: readonly Tier[];
  now: Clock;
  metrics: Metrics;
  /** The order's row, read consistently. */
  findTransaction(transactionId: string): Promise<Record<string, unknown> | undefined>;
  mergeUser(
    userId: string,
    merge: (user: Record<string, unknown>) => ItemChange | undefined,
  ): Promise<MergeResult>;
}

export type TierEvent = ReceivedEvent<typeof paymentCompleted | typeof accessEnded>;

/**
 * Makes the buyer hold what all their paid orders give, after a payment and after an end. Every delivery asserts it again,
 * so a replay repairs; an order whose access was taken back gives nothing (rules 1 and 2). Throws `PermanentError`
 * where the order, the user or the tier does not exist, or where the order is another user's or of another plan: an
 * operator must look, and no half-made row is written. An end of a user who is gone is none.
 */
export async function upgradeTier(
  deps: UpgradeDependencies,
  event: TierEvent,
  { mayBeRepeat }: Pick<Delivery, 'mayBeRepeat'>,
): Promise<RecordOutcome> {
  const { transactionId, userId, plan } = event.data;
  if (!deps.tiers.some(({ tier }) => tier === plan.tier)) {
    throw new PermanentError(`the catalogue has no tier "${plan.tier}"`);
  }
  const row = await deps.findTransaction(transactionId);
  if (!row) throw new PermanentError(`no transaction row ${transactionId}`);
  const foreign = findForeignClaim(row, event.data);
  if (foreign !== undefined) throw new PermanentError(foreign);
  const news = newsOf(row, event.data);
  const result = await deps.mergeUser(userId, (user) =>
    mergeTier(user, { transactionId, news }, { tiers: deps.tiers, now: deps.now() }),
  );
  const isRevoked = row.accessRevokedAt !== undefined;
  if (event.detailType === 'AccessEnded') {
    return result.kind === 'missing' ? { kind: 'skipped', why: 'no user' } : { kind: 'applied' };
  }
  // What was noted of it is when it was paid and when it ended: it gives nothing.
  if (isRevoked) return { kind: 'skipped', why: 'revoked' };
  if (result.kind === 'missing') throw new PermanentError(`no user row ${userId}`);
  // The user has it now; the delivery that wrote it may have died before it counted.
  if (result.kind === 'updated' || mayBeRepeat) deps.metrics.count('TierUpdated');
  return { kind: 'applied' };
}
