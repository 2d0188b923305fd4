import { CreateQueueCommand, SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import { toMessageAttributes } from '@cloudnestle/runtime/queue/dead-letter';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';

const BATCH = 10;
const BATCHES_AT_ONCE = 4;

/** A letter as the tiers subscriber leaves it when its table is throttled. */
const letter = {
  MessageBody: JSON.stringify({
    version: '0',
    id: '6f6f2a7e-5b1c-4f0e-9d0a-0d5f0e6f1c55',
    source: 'marketplace.payments',
    'detail-type': 'PaymentCompleted',
    time: '2026-01-31T10:00:00Z',
    detail: sampleCompleted().detail,
  }),
  MessageAttributes: toMessageAttributes({
    failureKind: 'exhausted',
    failureReason: 'ProvisionedThroughputExceededException: the users table is throttled',
    attempts: '8',
    firstFailedAt: '2026-01-31T10:00:00.000Z',
    lastFailedAt: '2026-01-31T11:00:00.000Z',
    eventId: 'payment-completed:MP-test-uuid-123-1732356000-000001',
  }),
};

/** The two queues of the subscriber `tiers`, by url. */
export async function createQueues(sqs: SQSClient): Promise<{ live: string; dead: string }> {
  const create = async (QueueName: string) => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
    if (!QueueUrl) throw new Error(`queue ${QueueName} has no url`);
    return QueueUrl;
  };
  return { live: await create('bench-tiers'), dead: await create('bench-tiers-dlq') };
}

/** Puts so many letters, a multiple of ten, into a queue. */
export async function putLetters(sqs: SQSClient, QueueUrl: string, count: number): Promise<void> {
  const batches = Array.from({ length: count / BATCH });
  await mapConcurrently(batches, BATCHES_AT_ONCE, async () => {
    const Entries = Array.from({ length: BATCH }, (_, index) => ({ Id: `${index}`, ...letter }));
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    if (Failed.length > 0) throw new Error('a letter was not taken');
  });
}
