import { createIds, queueNameOf, queueUrl } from './account.ts';
import { type AwsService, metadata, NotModelledError, type World } from './aws.ts';
import { runBatch } from './sqs/batch.ts';
import { sqsError } from './sqs/errors.ts';
import { inputs } from './sqs/inputs.ts';
import {
  type Attributes,
  checkMessage,
  createMessage,
  MAX_BYTES,
  type Message,
  sizeOf,
} from './sqs/message.ts';
import { Queue, type QueueDefinition } from './sqs/queue.ts';
import { showAttributes, showMessage } from './sqs/show.ts';

export type { Message } from './sqs/message.ts';
export type { QueueDefinition } from './sqs/queue.ts';

export interface SqsOptions extends World {
  /** A dead-letter queue stands before the queues that it serves. */
  queues: readonly QueueDefinition[];
  /** Told of a message that got older than its queue keeps them: it is gone. */
  onLost?: (queue: string, message: Message) => void;
}

/** SQS in memory: standard queues only. A receive answers at once, for any wait time: the waiting is the caller's. */
export interface SqsModel extends AwsService {
  urlOf(queue: string): string;
  /** What EventBridge does: a message without a caller's call. Throws as SendMessage does. */
  deliver(queue: string, body: string, attributes?: Attributes): void;
  /** When a receive will find something in this queue: now, later, or (undefined) only after a send. */
  nextVisibleAt(queue: string): number | undefined;
  /** Every message that is in the queue, hidden ones included: the queue's own, to be read, never changed. */
  messages(queue: string): Iterable<Message>;
  counts(queue: string): { visible: number; inFlight: number; delayed: number };
}

export function createSqs({ queues, onLost, ...world }: SqsOptions): SqsModel {
  const newId = createIds();
  const store = new Map<string, Queue>();
  for (const definition of queues) {
    const deadLetters = definition.redrive && store.get(definition.redrive.deadLetterQueue);
    store.set(
      definition.name,
      new Queue(definition, { world, deadLetters, onLost: onLost ?? (() => {}) }),
    );
  }
  const find = (url: string) => {
    const queue = store.get(queueNameOf(url));
    if (!queue) throw sqsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  };
  const send = (queue: Queue, body: string, attributes: Attributes, delaySeconds = 0) => {
    checkMessage(body, attributes);
    if (delaySeconds < 0 || delaySeconds > 900) {
      throw sqsError('InvalidParameterValue', 'DelaySeconds must be between 0 and 900');
    }
    const message = createMessage(newId(), body, attributes, world.now());
    queue.accept(message, delaySeconds);
    return {
      MessageId: message.id,
      MD5OfMessageBody: message.bodyMd5,
      ...(message.attributesMd5 ? { MD5OfMessageAttributes: message.attributesMd5 } : {}),
    };
  };
  const perform = (commandName: string, input: unknown) => {
    switch (commandName) {
      case 'SendMessageCommand': {
        const { QueueUrl, MessageBody, MessageAttributes, DelaySeconds } =
          inputs.SendMessageCommand(input);
        return send(find(QueueUrl), MessageBody, MessageAttributes, DelaySeconds);
      }
      case 'SendMessageBatchCommand': {
        const { QueueUrl, Entries } = inputs.SendMessageBatchCommand(input);
        const queue = find(QueueUrl);
        const bytes = Entries.reduce(
          (sum, { MessageBody, MessageAttributes }) => sum + sizeOf(MessageBody, MessageAttributes),
          0,
        );
        if (bytes > MAX_BYTES)
          throw sqsError('BatchRequestTooLong', `More than ${MAX_BYTES} bytes`);
        return runBatch(Entries, ({ MessageBody, MessageAttributes, DelaySeconds }) =>
          send(queue, MessageBody, MessageAttributes, DelaySeconds),
        );
      }
      case 'ReceiveMessageCommand': {
        const asked = inputs.ReceiveMessageCommand(input);
        const queue = find(asked.QueueUrl);
        const receipts = queue.receive(
          asked.MaxNumberOfMessages,
          asked.VisibilityTimeout ?? queue.definition.visibilityTimeoutSeconds,
        );
        return receipts.length > 0
          ? { Messages: receipts.map((receipt) => showMessage(receipt, asked)) }
          : {};
      }
      case 'DeleteMessageCommand': {
        const { QueueUrl, ReceiptHandle } = inputs.DeleteMessageCommand(input);
        find(QueueUrl).delete(ReceiptHandle);
        return {};
      }
      case 'DeleteMessageBatchCommand': {
        const { QueueUrl, Entries } = inputs.DeleteMessageBatchCommand(input);
        const queue = find(QueueUrl);
        return runBatch(Entries, ({ ReceiptHandle }) => {
          queue.delete(ReceiptHandle);
          return {};
        });
      }
      case 'ChangeMessageVisibilityCommand': {
        const { QueueUrl, ReceiptHandle, VisibilityTimeout } =
          inputs.ChangeMessageVisibilityCommand(input);
        find(QueueUrl).changeVisibility(ReceiptHandle, VisibilityTimeout);
        return {};
      }
      case 'ChangeMessageVisibilityBatchCommand': {
        const { QueueUrl, Entries } = inputs.ChangeMessageVisibilityBatchCommand(input);
        const queue = find(QueueUrl);
        return runBatch(Entries, ({ ReceiptHandle, VisibilityTimeout }) => {
          if (VisibilityTimeout < 0 || VisibilityTimeout > 43_200) {
            throw sqsError('InvalidParameterValue', 'VisibilityTimeout must be 0 to 43200');
          }
          queue.changeVisibility(ReceiptHandle, VisibilityTimeout);
          return {};
        });
      }
      case 'GetQueueAttributesCommand': {
        const { QueueUrl, AttributeNames } = inputs.GetQueueAttributesCommand(input);
        return showAttributes(find(QueueUrl), AttributeNames);
      }
      case 'GetQueueUrlCommand': {
        const { QueueName } = inputs.GetQueueUrlCommand(input);
        return { QueueUrl: queueUrl(find(QueueName).definition.name) };
      }
      case 'PurgeQueueCommand':
        find(inputs.PurgeQueueCommand(input).QueueUrl).purge();
        return {};
      default:
        throw new NotModelledError(`SQS in memory has no ${commandName}`);
    }
  };
  return {
    execute: (commandName, input) => ({ ...perform(commandName, input), $metadata: metadata() }),
    urlOf: (queue) => queueUrl(find(queue).definition.name),
    deliver: (queue, body, attributes = {}) => {
      send(find(queue), body, attributes);
    },
    nextVisibleAt: (queue) => find(queue).nextVisibleAt,
    messages: (queue) => find(queue).messages(),
    counts: (queue) => find(queue).counts,
  };
}
