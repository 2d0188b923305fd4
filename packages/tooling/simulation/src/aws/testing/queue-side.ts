import * as z from 'zod';
import type { QueueStep } from './any-queue-step.ts';
import { type Outcome, outcomeOf } from './compare.ts';

/** A step whose handles there are. */
export type KnownStep = Exclude<QueueStep, { kind: 'giveBack' }>;

export type Send = (name: string, input: Record<string, unknown>) => unknown;

/** One of the two that are compared, with what it answered so far. */
export interface Side {
  send: Send;
  urls: { queue: string; deadLetters: string };
  /** In the order of receiving. */
  handles: string[];
  /** Message ids in the order of sending: ids differ between the two, places do not. */
  ids: string[];
}

/** Takes a step on one side. */
export async function runOn(side: Side, step: KnownStep): Promise<Outcome> {
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
