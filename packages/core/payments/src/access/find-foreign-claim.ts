import type { PaymentCompletedData } from '@cloudnestle/contracts/events/payment-completed';
import { planSchema } from '@cloudnestle/contracts/plan';

/**
 * What an event claims that its order's row does not say, in words; undefined where both agree. Events are built from
 * the row: one that names somebody else, or more than was ordered, did not come from here.
 */
export function findForeignClaim(
  row: Record<string, unknown>,
  { userId, plan }: Pick<PaymentCompletedData, 'userId' | 'plan'>,
): string | undefined {
  if (row.userId !== userId) return "the event names another user than the order's row";
  // Rows of the replaced system have a tier only.
  const ordered = planSchema.safeParse(row.plan).data;
  const tier = ordered?.tier ?? row.tier;
  if (tier !== undefined && tier !== plan.tier) {
    return "the event names another tier than the order's row";
  }
  const isMore = ordered && plan.solutionIds.some((id) => !ordered.solutionIds.includes(id));
  return isMore ? "the event names other solutions than the order's row" : undefined;
}
