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
import type { Outcome } from './compare.ts';
import { type KnownStep, runOn, type Send, type Side } from './queue-side.ts';

const MAX_RECEIVES = 2;
/** Longer than any test: what is hidden stays hidden unless it is given back. */
const HIDDEN_SECONDS = 600;

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

/** The client passes on what it is given, right or wrong, and what is wrong is compared too: nothing is checked here. */
const asGiven = z.custom<
  ConstructorParameters<typeof SendMessageCommand>[0] &
    ConstructorParameters<typeof SendMessageBatchCommand>[0] &
    ConstructorParameters<typeof ReceiveMessageCommand>[0] &
    ConstructorParameters<typeof DeleteMessageCommand>[0] &
    ConstructorParameters<typeof DeleteMessageBatchCommand>[0] &
    ConstructorParameters<typeof ChangeMessageVisibilityCommand>[0] &
    ConstructorParameters<typeof ChangeMessageVisibilityBatchCommand>[0] &
    ConstructorParameters<typeof GetQueueAttributesCommand>[0] &
    ConstructorParameters<typeof PurgeQueueCommand>[0]
>();

function sendTo(client: SQSClient): Send {
  return (name, input) => {
    const given = asGiven.parse(input);
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
