import type { Tier } from '@cloudnestle/contracts/plan';
import { compareTier } from '@cloudnestle/payments/catalogue';
import { buildChange, type ItemChange } from '@cloudnestle/runtime/merge-item';
import * as z from 'zod';

/** What an unreadable attribute says counts as not said: other systems own the rest of this row. */
const text = z.string().optional().catch(undefined);

const subscriptionSchema = z.object({
  subscriptionTier: text,
  subscriptionStatus: text,
  subscriptionStartDate: text,
  lastPaymentDate: text,
});

/**
 * A user row after one payment, decided from row and payment alone: the better tier, active unless suspended, the
 * first and the last payment's time. A tier that the catalogue does not know stays as it is. Payments may come in any order and any number of times: the end is the same.
 * Undefined where the row says it all already. The payment's tier must be one of `tiers`.
 */
export function mergeTier(
  user: Record<string, unknown>,
  payment: { tier: string; completedAt: string },
  context: { tiers: readonly Tier[]; now: Date },
): ItemChange | undefined {
  const current = subscriptionSchema.parse(user);
  const { subscriptionTier } = current;
  const isBelow = compareTier(context.tiers, subscriptionTier, payment.tier) === 'below';
  return buildChange(user, {
    attributes: {
      subscriptionTier: isBelow ? payment.tier : subscriptionTier,
      subscriptionStatus: current.subscriptionStatus === 'suspended' ? 'suspended' : 'active',
      subscriptionStartDate: earliest(current.subscriptionStartDate, payment.completedAt),
      lastPaymentDate: latest(current.lastPaymentDate, payment.completedAt),
    },
    stamps: { updatedAt: context.now.toISOString() },
  });
}

/** Compared as times: rows of the replaced system spell them without milliseconds, and keep their spelling. */
function earliest(recorded: string | undefined, moment: string): string {
  return recorded !== undefined && Date.parse(recorded) <= Date.parse(moment) ? recorded : moment;
}

function latest(recorded: string | undefined, moment: string): string {
  return recorded !== undefined && Date.parse(recorded) >= Date.parse(moment) ? recorded : moment;
}
