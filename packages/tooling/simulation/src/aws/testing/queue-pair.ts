import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { queueArn } from '../account.ts';
import { createSqs, type SqsModel } from '../sqs.ts';
import type { QueueStep } from './any-queue-step.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

const MAX_RECEIVES = 2;
/** Longer than any test: what is hidden stays hidden unless it is given back. */
const HIDDEN_SECONDS = 600;

/** A step whose handles there are. */
type KnownStep = Exclude<QueueStep, { kind: 'giveBack' }>;

type Send = (name: string, input: Record<string, unknown>) => unknown;

/** One of the two that are compared, with what it answered so far. */
interface Side {
  send: Send;
  urls: { queue: string; deadLetters: string };
  /** In the order of receiving. */
  handles: string[];
  /** Message ids in the order of sending: ids differ between the two, places do not. */
  ids: string[];
}

/** A queue with a dead-letter queue, in memory and in the emulator. */
export interface QueuePair {
  /** What is left out, and why: the two are known to differ, or there is nothing yet that the step could be about. */
  run(step: QueueStep): Promise<{ model: Outcome; emulator: Outcome } | { leftOut: string }>;
}

export async function createQueuePair(client: SQSClient, name: string): Promise<QueuePair> {
  const deadLetterQueue = `${name}-dlq`;
  const sqs = createSqs({
    queues: [
      {
        name: deadLetterQueue,
        visibilityTimeoutSeconds: HIDDEN_SECONDS,
        retentionSeconds: 345_600,
      },
      {
        name,
        visibilityTimeoutSeconds: HIDDEN_SECONDS,
        retentionSeconds: 345_600,
        redrive: { deadLetterQueue, maxReceiveCount: MAX_RECEIVES },
      },
    ],
    now: () => Date.UTC(2026, 0, 31),
    choose: () => 0,
  });
  const model: Side = {
    send: sqs.execute,
    urls: { queue: sqs.urlOf(name), deadLetters: sqs.urlOf(deadLetterQueue) },
    handles: [],
    ids: [],
  };
  const emulator: Side = {
    send: sendTo(client),
    urls: {
      deadLetters: await createQueue(client, deadLetterQueue),
      queue: await createQueue(client, name, {
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: queueArn(deadLetterQueue),
          maxReceiveCount: MAX_RECEIVES,
        }),
      }),
    },
    handles: [],
    ids: [],
  };
  let purges = 0;
  return {
    run: async (drawn) => {
      const step = withKnownHandles(drawn, model.handles, sqs);
      if (!step) return { leftOut: 'nothing was received yet' };
      if (step.kind === 'purge') purges += 1;
      const leftOut = findDifference(step, sqs, name, model.handles, purges);
      if (leftOut) return { leftOut };
      return { model: await runOn(model, step), emulator: await runOn(emulator, step) };
    },
  };
}

async function createQueue(
  client: SQSClient,
  QueueName: string,
  attributes: { RedrivePolicy?: string } = {},
): Promise<string> {
  const { QueueUrl = '' } = await client.send(
    new CreateQueueCommand({
      QueueName,
      Attributes: { VisibilityTimeout: String(HIDDEN_SECONDS), ...attributes },
    }),
  );
  return QueueUrl;
}

/** The step with handles that there are; undefined where there is none. */
function withKnownHandles(
  step: QueueStep,
  handles: readonly string[],
  sqs: SqsModel,
): KnownStep | undefined {
  const { length } = handles;
  if (step.kind === 'giveBack') {
    const inFlight = [...handles.keys()].filter((at) => findMessage(sqs, handles[at])?.isInFlight);
    return inFlight.length > 0
      ? { kind: 'hideBatch', handles: inFlight.slice(-step.most), seconds: 0 }
      : undefined;
  }
  if (!('handle' in step) && !('handles' in step)) return step;
  if (length === 0) return undefined;
  if ('handle' in step) return { ...step, handle: step.handle % length };
  return { ...step, handles: [...new Set(step.handles.map((at) => at % length))] };
}

/** The message that a handle is the last one of, and its queue. */
function findMessage(sqs: SqsModel, handle = '') {
  const [queue = '', id, count] = handle.split('/');
  const message = [...sqs.messages(queue)].find((each) => each.id === id);
  if (!message || String(message.receiveCount) !== count) return undefined;
  return { queue, isInFlight: message.hiddenUntil !== undefined };
}

/** Where fauxqs is not SQS (docs/simulation.md). */
function findDifference(
  step: KnownStep,
  sqs: SqsModel,
  queue: string,
  handles: readonly string[],
  purges: number,
): string | undefined {
  if (step.kind === 'send' && (step.delaySeconds ?? 0) > 900) return 'a delay that is too long';
  if (step.kind === 'purge' && purges > 1) return 'two purges within a minute';
  const used = 'handle' in step ? [step.handle] : 'handles' in step ? step.handles : [];
  for (const at of used) {
    if (!handles[at]?.startsWith(`${queue}/`)) return 'a handle of another queue';
    const message = findMessage(sqs, handles[at]);
    if (message?.isInFlight) continue;
    if (message) return 'a handle of a message that is visible again';
    if (step.kind === 'hide' || step.kind === 'hideBatch') {
      return 'the visibility of a message that was deleted or received again';
    }
  }
  return undefined;
}

async function runOn(side: Side, step: KnownStep): Promise<Outcome> {
  const [name, input] = toCommand(side, step);
  const outcome = await outcomeOf(() => side.send(name, input));
  return 'answer' in outcome ? { answer: describe(side, step, outcome.answer) } : outcome;
}

function toCommand(side: Side, step: KnownStep): [string, Record<string, unknown>] {
  const QueueUrl = side.urls.queue;
  const handleOf = (at: number) => side.handles[at] ?? '';
  const entries = (handles: readonly number[], more: object) =>
    handles.map((at) => ({ Id: String(at), ReceiptHandle: handleOf(at), ...more }));
  switch (step.kind) {
    case 'send': {
      const { body: MessageBody, delaySeconds } = step;
      const MessageAttributes = Object.fromEntries(
        Object.entries(step.attributes).map(([name, StringValue]) => [
          name,
          { DataType: 'String', StringValue },
        ]),
      );
      const delay = delaySeconds === undefined ? {} : { DelaySeconds: delaySeconds };
      return ['SendMessageCommand', { QueueUrl, MessageBody, MessageAttributes, ...delay }];
    }
    case 'sendBatch': {
      const Entries = step.bodies.map((MessageBody, at) => ({ Id: String(at), MessageBody }));
      return ['SendMessageBatchCommand', { QueueUrl, Entries }];
    }
    case 'receive': {
      const { visibilitySeconds } = step;
      return [
        'ReceiveMessageCommand',
        {
          QueueUrl: side.urls[step.from],
          MaxNumberOfMessages: step.most,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['All'],
          ...(visibilitySeconds === undefined ? {} : { VisibilityTimeout: visibilitySeconds }),
        },
      ];
    }
    case 'delete':
      return ['DeleteMessageCommand', { QueueUrl, ReceiptHandle: handleOf(step.handle) }];
    case 'deleteBatch':
      return ['DeleteMessageBatchCommand', { QueueUrl, Entries: entries(step.handles, {}) }];
    case 'hide':
      return [
        'ChangeMessageVisibilityCommand',
        { QueueUrl, ReceiptHandle: handleOf(step.handle), VisibilityTimeout: step.seconds },
      ];
    case 'hideBatch':
      return [
        'ChangeMessageVisibilityBatchCommand',
        { QueueUrl, Entries: entries(step.handles, { VisibilityTimeout: step.seconds }) },
      ];
    case 'count':
      return [
        'GetQueueAttributesCommand',
        {
          QueueUrl: side.urls[step.of],
          AttributeNames: [
            'ApproximateNumberOfMessages',
            'ApproximateNumberOfMessagesNotVisible',
            'ApproximateNumberOfMessagesDelayed',
            'VisibilityTimeout',
            'QueueArn',
          ],
        },
      ];
    case 'purge':
      return ['PurgeQueueCommand', { QueueUrl }];
    default:
      return step satisfies never;
  }
}

const sentSchema = z.looseObject({ MessageId: z.string() });
const batchSchema = z.looseObject({
  Successful: z.array(z.looseObject({ Id: z.string() })).default([]),
  Failed: z.array(z.looseObject({ Id: z.string(), Code: z.string() })).default([]),
});
const receivedSchema = z.looseObject({
  Messages: z
    .array(
      z.looseObject({
        MessageId: z.string(),
        ReceiptHandle: z.string(),
        Body: z.string(),
        Attributes: z.record(z.string(), z.string()),
      }),
    )
    .default([]),
});

/** The answer with places for ids, and without what is the side's own: handles, times, wording. */
function describe(side: Side, step: KnownStep, answer: unknown): unknown {
  if (step.kind === 'send') {
    const { MessageId, ...rest } = sentSchema.parse(answer);
    side.ids.push(MessageId);
    return rest;
  }
  if (step.kind === 'receive') {
    return receivedSchema
      .parse(answer)
      .Messages.map(({ ReceiptHandle, Attributes, ...message }) => {
        side.handles.push(ReceiptHandle);
        const { ApproximateReceiveCount } = Attributes;
        return {
          ...message,
          MessageId: side.ids.indexOf(message.MessageId),
          // fauxqs counts a move to the dead-letter queue as a receive.
          ...(step.from === 'queue' ? { ApproximateReceiveCount } : {}),
        };
      });
  }
  if (step.kind === 'sendBatch' || step.kind === 'deleteBatch' || step.kind === 'hideBatch') {
    const { Successful, Failed } = batchSchema.parse(answer);
    const done = Successful.map((entry) => {
      const sent = sentSchema.safeParse(entry).data;
      if (sent) side.ids.push(sent.MessageId);
      return { ...entry, MessageId: undefined };
    });
    return { Successful: done, Failed: Failed.map(({ Id, Code }) => ({ Id, Code })) };
  }
  return answer;
}

/** Input that no type of the SDK allows is the point. */
function sendTo(client: SQSClient): Send {
  return (name, input) => {
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    const given = input as any;
    switch (name) {
      case 'SendMessageCommand':
        return client.send(new SendMessageCommand(given));
      case 'SendMessageBatchCommand':
        return client.send(new SendMessageBatchCommand(given));
      case 'ReceiveMessageCommand':
        return client.send(new ReceiveMessageCommand(given));
      case 'DeleteMessageCommand':
        return client.send(new DeleteMessageCommand(given));
      case 'DeleteMessageBatchCommand':
        return client.send(new DeleteMessageBatchCommand(given));
      case 'ChangeMessageVisibilityCommand':
        return client.send(new ChangeMessageVisibilityCommand(given));
      case 'ChangeMessageVisibilityBatchCommand':
        return client.send(new ChangeMessageVisibilityBatchCommand(given));
      case 'GetQueueAttributesCommand':
        return client.send(new GetQueueAttributesCommand(given));
      default:
        return client.send(new PurgeQueueCommand(given));
    }
  };
}
