import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { EventToPublish } from '@cloudnestle/contracts/event';
import type { LocalRun } from '@cloudnestle/dev/start';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import { toMessageAttributes } from '@cloudnestle/runtime/queue/dead-letter';

/** A dead letter to be put into a queue. */
export interface LetterToPut {
  body: string;
  attributes?: Record<string, string | undefined>;
}

/** A message as it lies in a queue. */
export interface Lying {
  body: string;
  attributes: Record<string, string | undefined>;
}

const BATCH = 10;
const AT_ONCE = 4;

/** Puts messages into queues of a run and takes them out again, past the command. */
export function createMailroom(run: LocalRun) {
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false, endpoint: run.awsEndpoint });
  const takeBatch = async (url: string): Promise<Lying[]> => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: BATCH,
        MessageAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) return [];
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
    return Messages.map(({ Body = '', MessageAttributes = {} }) => ({
      body: Body,
      attributes: Object.fromEntries(
        Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]),
      ),
    }));
  };
  return {
    put: async (url: string, letters: readonly LetterToPut[]): Promise<void> => {
      const starts = Array.from(
        { length: Math.ceil(letters.length / BATCH) },
        (_, at) => at * BATCH,
      );
      await mapConcurrently(starts, AT_ONCE, async (start) => {
        const Entries = letters.slice(start, start + BATCH).map((letter, index) => ({
          Id: `${index}`,
          MessageBody: letter.body,
          MessageAttributes: toMessageAttributes(letter.attributes ?? {}),
        }));
        const { Failed = [] } = await sqs.send(
          new SendMessageBatchCommand({ QueueUrl: url, Entries }),
        );
        if (Failed.length > 0) throw new Error('a letter was not taken');
      });
    },
    /** Everything that can be received now, taken out. */
    takeAll: async (url: string): Promise<Lying[]> => {
      const taken: Lying[] = [];
      for (;;) {
        const batches = await Promise.all(Array.from({ length: AT_ONCE }, () => takeBatch(url)));
        taken.push(...batches.flat());
        if (batches.every((batch) => batch.length === 0)) return taken;
      }
    },
    stop: () => sqs.destroy(),
  };
}
export type Mailroom = ReturnType<typeof createMailroom>;

/** An event as EventBridge puts it into a queue. */
export function toBody({ detailType, detail }: EventToPublish): string {
  return JSON.stringify({
    version: '0',
    id: crypto.randomUUID(),
    'detail-type': detailType,
    source: 'marketplace.payments',
    account: '000000000000',
    time: '2025-11-23T09:00:00Z',
    region: 'us-east-1',
    resources: [],
    detail,
  });
}

/** The attributes of a letter that its handler gave up on. */
export function exhausted(reason: string, changes: Record<string, string> = {}) {
  return {
    failureKind: 'exhausted',
    failureReason: reason,
    attempts: '8',
    firstFailedAt: '2026-11-23T09:00:00.000Z',
    lastFailedAt: '2026-11-23T10:00:00.000Z',
    eventId: 'event-1',
    ...changes,
  };
}
