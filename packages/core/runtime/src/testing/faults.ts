import type { TestCloud } from '@cloudnestle/test-kit/cloud';
import type { SubscriberName } from '@cloudnestle/topology/types';
import type { QueueHandler } from '../queue/handler.ts';
import { buildRecord, invokeQueue } from './invoke.ts';

/** The ways in which one AWS call goes wrong, by what happens to it. */
export const awsFaults = {
  'fails once': { when: 'before', status: 500, errorType: 'InternalServerError' },
  'is refused once': { when: 'before', status: 400, errorType: 'AccessDeniedException' },
  'loses its answer': { when: 'after', reset: true },
} as const;

/**
 * Delivers one event with an AWS operation down (`GetItem`: `BatchGetItem`, too), attempt by attempt, as the queue would, until the subscriber gives up.
 * Answers how many attempts were put off before, and the reason in the dead-letter queue.
 */
export async function deliverUntilDeadLettered(
  test: TestCloud,
  subscriber: SubscriberName,
  handler: QueueHandler,
  event: { detailType: string; detail: unknown },
  brokenOperation: string,
): Promise<{ retried: number; reason: string | undefined }> {
  test.cloud.intercept((call) =>
    call.operation.endsWith(brokenOperation)
      ? { when: 'before', status: 400, errorType: 'AccessDeniedException', message: 'down' }
      : undefined,
  );
  test.cloud.calls.reset();
  try {
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      const { batchItemFailures } = await invokeQueue(handler, [buildRecord(event, { attempt })]);
      if (batchItemFailures.length === 0) break;
    }
  } finally {
    test.cloud.intercept(undefined);
  }
  const retried = test.cloud.calls.count('sqs', 'ChangeMessageVisibility');
  const [letter] = await test.receive(subscriber, 'deadLetterQueue');
  return { retried, reason: letter?.MessageAttributes?.failureReason?.StringValue };
}
