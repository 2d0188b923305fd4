import { RetryLaterError } from '@cloudnestle/runtime/errors';
import type { NotifyDependencies } from './dependencies.ts';
import { readNotification } from './ledger/read-notification.ts';
import { holdWelcome, readWelcomeHolder, takeOverWelcome } from './ledger/welcome-claim.ts';
import type { CompletedMailEvent } from './mail-event.ts';
import type { OrderFacts } from './read-order-facts.ts';

/**
 * Whether this order is the one whose buyer is welcomed to this plan. The first to ask is, and stays so over any number
 * of deliveries; an order whose access was revoked gives way (design, rule 8).
 */
export async function claimWelcome(
  { ledger, platform, findOrder }: NotifyDependencies,
  { data }: CompletedMailEvent,
  order: OrderFacts,
): Promise<boolean> {
  const { transactionId } = data;
  const claim = { userId: data.userId, planId: data.plan.planId, transactionId };
  // An order found to be a duplicate asks no more, but keeps what it held: the other one was told "duplicate" then.
  if (order.duplicateOf !== undefined) {
    return (await readWelcomeHolder(ledger, claim)) === transactionId;
  }
  if (await holdWelcome(ledger, claim, platform.now())) return true;
  const holder = await readWelcomeHolder(ledger, claim);
  if (holder === undefined) throw new RetryLaterError('the welcome claim was just let go');
  const holdersOrder = await findOrder(holder);
  if (holdersOrder?.accessRevokedAt === undefined) return false;
  // An order that already has its answer must not take the claim away from the next one.
  const item = await readNotification(ledger, transactionId);
  if (item?.welcome !== undefined) return false;
  if (await takeOverWelcome(ledger, claim, holder, platform.now())) return true;
  throw new RetryLaterError('another order took over the welcome claim');
}
