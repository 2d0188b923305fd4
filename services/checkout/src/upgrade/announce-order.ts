import { buildInitiatedEvent } from '@cloudnestle/payments/build-events';
import type { Order } from '@cloudnestle/payments/order';
import type { PublishAnswer } from '@cloudnestle/payments/publish';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { describeError } from '@cloudnestle/runtime/errors';
import { withTimeout } from '@cloudnestle/runtime/with-timeout';
import type { Attempt, UpgradeDependencies } from './dependencies.ts';

/**
 * Publishes PaymentInitiated. A courtesy (rule 4): whatever goes wrong is counted and costs the buyer a mail, never the
 * payment page. Also of a page that was open already: the click that opened it may have died before it said so.
 */
export async function announceOrder(
  deps: UpgradeDependencies,
  { context }: Attempt,
  order: Order,
  redirectUrl: string,
): Promise<void> {
  const { requestId, traceparent, budget } = context;
  const event = buildInitiatedEvent(order, redirectUrl, {
    producer: 'checkout',
    causationId: requestId,
    traceparent,
  });
  const answer = await withTimeout(
    deps.publish(event).catch(toFailed),
    timeLimitMs(budget.announceMs()),
    (): PublishAnswer => ({ kind: 'failed', reason: 'timed out' }),
  );
  if (answer.kind === 'published') return;
  deps.metrics.count('InitiatedPublishFailed');
  const { transactionId } = order.row;
  deps.log.warn('PaymentInitiated was not published', { transactionId, reason: answer.reason });
}

function toFailed(error: unknown): PublishAnswer {
  return { kind: 'failed', reason: describeError(error) };
}
