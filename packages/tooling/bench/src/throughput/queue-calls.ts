import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';

const receiveSchema = z.object({
  QueueUrl: z.string(),
  MaxNumberOfMessages: z.int(),
  MessageAttributeNames: z.array(z.string()),
  MessageSystemAttributeNames: z.array(z.literal('All')),
});
const deleteSchema = z.object({
  QueueUrl: z.string(),
  Entries: z.array(z.object({ Id: z.string(), ReceiptHandle: z.string() })),
});
const visibilitySchema = z.object({
  QueueUrl: z.string(),
  ReceiptHandle: z.string(),
  VisibilityTimeout: z.int(),
});

/** Recorded queue calls, sent again: whatever lies in the queue is received, and what was received is deleted. */
export function createQueueCalls(sqs: SQSClient) {
  const received = new Map<string, string[]>();
  return {
    /** Never waits: a long poll that found nothing would be measured as work. */
    async receive(body: unknown): Promise<void> {
      const input = receiveSchema.parse(body);
      const { Messages } = await sqs.send(
        new ReceiveMessageCommand({ ...input, WaitTimeSeconds: 0 }),
      );
      const handles = (Messages ?? []).flatMap(({ ReceiptHandle }) => ReceiptHandle ?? []);
      received.set(input.QueueUrl, [...(received.get(input.QueueUrl) ?? []), ...handles]);
    },
    /** As many at once as recorded; where too few were received, old handles fill up. */
    async remove(body: unknown): Promise<void> {
      const { QueueUrl, Entries } = deleteSchema.parse(body);
      const handles = received.get(QueueUrl)?.splice(0, Entries.length) ?? [];
      await sqs.send(
        new DeleteMessageBatchCommand({
          QueueUrl,
          Entries: Entries.map((entry, index) => ({
            Id: entry.Id,
            ReceiptHandle: handles[index] ?? entry.ReceiptHandle,
          })),
        }),
      );
    },
    /** What waits for another try; as long as recorded. */
    async postpone(body: unknown): Promise<void> {
      const input = visibilitySchema.parse(body);
      const [handle = input.ReceiptHandle] = received.get(input.QueueUrl) ?? [];
      await sqs.send(new ChangeMessageVisibilityCommand({ ...input, ReceiptHandle: handle }));
    },
  };
}
