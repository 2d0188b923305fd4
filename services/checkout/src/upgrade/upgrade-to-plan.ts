import { compareTier, limitsOf } from '@cloudnestle/payments/catalogue';
import { isSameEmail } from '@cloudnestle/payments/email';
import { describeError } from '@cloudnestle/runtime/errors';
import { announceOrder } from './announce-order.ts';
import { buildClaim, type Claim } from './claim.ts';
import type { Attempt, RequestContext, UpgradeDependencies } from './dependencies.ts';
import { openOrder } from './open-order.ts';
import type { UpgradeOutcome } from './outcome.ts';
import type { Purchase } from './read-purchase.ts';
import { takeSlot } from './take-slot.ts';

/**
 * The upgrade call (design): one current order per buyer and plan, whoever clicks how often. Throws only where AWS
 * cannot be reached or answers nonsense; nothing is lost then, the next click goes on from what was written.
 */
export async function upgradeToPlan(
  deps: UpgradeDependencies,
  purchase: Purchase,
  context: RequestContext,
): Promise<UpgradeOutcome> {
  const user = await deps.findUser(purchase.userId);
  if (!user || !isSameEmail(user.email, purchase.userEmail)) return { kind: 'userUnknown' };
  // Sold to them, a plan would give no access: money owed back from the start.
  if (user.subscriptionStatus === 'suspended') return { kind: 'suspended' };
  const { tiers } = deps.catalogue;
  const currentTier = user.subscriptionTier || limitsOf(tiers, undefined).tier;
  const held = compareTier(tiers, currentTier, purchase.plan.tier);
  if (held === 'covers') return { kind: 'alreadyHeld', currentTier };
  // It may be a better one, and a payment would not improve what is left alone.
  if (held === 'unknown') return { kind: 'unknownTier', currentTier };
  // The order keeps the row's spelling: the caller's may look the same and lead to another inbox.
  const own = { ...purchase, userEmail: user.email };
  const attempt = { purchase: own, context, currentTier, claim: buildClaim(deps, own) };
  return withoutLeftoverLease(deps, attempt.claim, () => takeSlotAndOpen(deps, attempt));
}

async function takeSlotAndOpen(
  deps: UpgradeDependencies,
  attempt: Attempt,
): Promise<{ outcome: UpgradeOutcome; leavesLease: boolean }> {
  const place = await takeSlot(deps, attempt);
  if (place.kind !== 'taken') {
    if (place.kind === 'opened') {
      await announceOrder(deps, attempt, place.order, place.page.redirectUrl);
    }
    return { outcome: place, leavesLease: false };
  }
  const outcome = await openOrder(deps, attempt);
  const leavesLease = outcome.kind !== 'opened' && outcome.kind !== 'gatewayRefused';
  return { outcome, leavesLease };
}

/**
 * Ends the lease of a request that ends without a page, so that the buyer's next click need not wait for it to run out.
 * That is safe even where the gateway may have the order: its page's address died with this request, so nobody can pay
 * it, and the next click fences the row before it opens another.
 */
async function withoutLeftoverLease(
  deps: UpgradeDependencies,
  claim: Claim,
  work: () => Promise<{ outcome: UpgradeOutcome; leavesLease: boolean }>,
): Promise<UpgradeOutcome> {
  try {
    const { outcome, leavesLease } = await work();
    if (leavesLease) await releaseLease(deps, claim);
    return outcome;
  } catch (error) {
    await releaseLease(deps, claim);
    throw error;
  }
}

async function releaseLease(deps: UpgradeDependencies, claim: Claim): Promise<void> {
  try {
    await deps.slots.releaseLease(claim);
  } catch (error) {
    const reason = describeError(error);
    deps.log.warn('the lease has to run out', { transactionId: claim.transactionId, reason });
  }
}
