import type { Attempt, UpgradeDependencies } from './dependencies.ts';
import type { UpgradeOutcome } from './outcome.ts';

/**
 * The gateway said no. That is definite only if it does not know the order either, since it also refuses an id it has
 * seen before: then the row is fenced and the slot is free for the next click. Otherwise the order stays PENDING.
 */
export async function judgeRefusal(
  deps: UpgradeDependencies,
  { claim, context }: Attempt,
  code: string,
): Promise<UpgradeOutcome> {
  const { merchantOrderId, transactionId } = claim;
  const status = await deps.gateway.orderStatus(merchantOrderId, {
    timeoutMs: context.budget.refusalMs(),
  });
  const isDefinite =
    status.kind === 'notFound' && (await deps.rows.fence(transactionId, 'refused'));
  if (!isDefinite) {
    const reason = `${transactionId}: refused (${code}), order status: ${status.kind}`;
    return { kind: 'gatewayUnavailable', reason };
  }
  await deps.slots.free(claim);
  return { kind: 'gatewayRefused', reason: `${transactionId}: ${code}` };
}
