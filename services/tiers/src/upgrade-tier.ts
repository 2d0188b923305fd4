import type { PaymentCompletedData } from '@cloudnestle/contracts/events/payment-completed';
import type { Tier } from '@cloudnestle/contracts/plan';
import { findForeignClaim } from '@cloudnestle/payments/access/find-foreign-claim';
import type { Clock } from '@cloudnestle/payments/clock';
import { PermanentError } from '@cloudnestle/runtime/errors';
import type { ItemChange, MergeResult } from '@cloudnestle/runtime/merge-item';
import type { Metrics } from '@cloudnestle/runtime/metrics';
import type { Delivery, RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import { mergeTier } from './merge-tier.ts';

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

/**
 * Makes the buyer hold the tier that was paid. Every delivery asserts it again, so a replay repairs; an order whose
 * access was taken back gives nothing (design, rules 1 and 2). Throws `PermanentError` where the order, the user or
 * the tier does not exist, or where the order is another user's or of another tier: an operator must look, and no
 * half-made row is written.
 */
export async function upgradeTier(
  deps: UpgradeDependencies,
  payment: Pick<PaymentCompletedData, 'transactionId' | 'userId' | 'plan' | 'completedAt'>,
  { mayBeRepeat }: Pick<Delivery, 'mayBeRepeat'>,
): Promise<RecordOutcome> {
  const { transactionId, userId, plan, completedAt } = payment;
  if (!deps.tiers.some(({ tier }) => tier === plan.tier)) {
    throw new PermanentError(`the catalogue has no tier "${plan.tier}"`);
  }
  const row = await deps.findTransaction(transactionId);
  if (!row) throw new PermanentError(`no transaction row ${transactionId}`);
  if (row.accessRevokedAt !== undefined) return { kind: 'skipped', why: 'revoked' };
  const foreign = findForeignClaim(row, payment);
  if (foreign !== undefined) throw new PermanentError(foreign);
  const result = await deps.mergeUser(userId, (user) =>
    mergeTier(user, { tier: plan.tier, completedAt }, { tiers: deps.tiers, now: deps.now() }),
  );
  if (result.kind === 'missing') throw new PermanentError(`no user row ${userId}`);
  // The user has it now; the delivery that wrote it may have died before it counted.
  if (result.kind === 'updated' || mayBeRepeat) deps.metrics.count('TierUpdated');
  return { kind: 'applied' };
}
