import type { Message } from '@aws-sdk/client-sqs';
import {
  deadLetterAttributesSchema,
  isForeignAttribute,
  replayAttributesSchema,
} from '@cloudnestle/contracts/dead-letter';
import * as z from 'zod';
import { isQueue } from '../queues/is-queue.ts';
import { DELIVERY, type DeadLetterQueue } from '../queues/stage-queues.ts';
import type { Letter, LetterFailure } from './letter.ts';
import { readBody } from './read-body.ts';
import { safeLine } from './safe-line.ts';

const messageSchema = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string().default(''),
  Attributes: z.object({ SentTimestamp: z.coerce.number() }),
  MessageAttributes: z
    .record(
      z.string(),
      z.object({
        DataType: z.string(),
        StringValue: z.string().optional(),
        BinaryValue: z.instanceof(Uint8Array).optional(),
      }),
    )
    .default({}),
});

/** What EventBridge writes beside an event that it could not deliver (AWS, Event retry policy and dead-letter queues). */
const undeliveredSchema = z.object({
  TARGET_ARN: z.string(),
  ERROR_CODE: z.string().default('no code'),
  ERROR_MESSAGE: z.string().default(''),
  RETRY_ATTEMPTS: z.coerce.number().int().optional(),
});

/** The url of each subscriber's live queue, by subscriber. */
export type QueueNames = Readonly<Record<string, string>>;

/** Reads a received message; whatever it says or does not say, it is a letter. */
export function readLetter(
  received: Message,
  queue: Pick<DeadLetterQueue, 'name'>,
  subscribers: QueueNames,
): Letter {
  const message = messageSchema.parse(received);
  const attributes = Object.fromEntries(
    Object.entries(message.MessageAttributes).flatMap(([name, { StringValue }]) =>
      StringValue === undefined ? [] : [[name, safeLine.parse(StringValue)]],
    ),
  );
  const undelivered = undeliveredSchema.safeParse(attributes).data;
  const subscriber =
    queue.name === DELIVERY ? findTarget(undelivered?.TARGET_ARN, subscribers) : queue.name;
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    sentAt: new Date(message.Attributes.SentTimestamp),
    failure: queue.name === DELIVERY ? describeDelivery(undelivered) : describeFailure(attributes),
    replay: readReplay(attributes),
    attributes,
    foreign: Object.fromEntries(
      Object.entries(message.MessageAttributes).filter(([name]) => isForeignAttribute(name)),
    ),
    subscriber,
    ...readBody(message.Body, subscriber),
  };
}

/** So many digits are a count; more are somebody's mischief, and no count. */
const REPLAY_COUNT = /^\d{1,6}$/;

function readReplay(attributes: Letter['attributes']): Letter['replay'] {
  const { replayCount, ...replay } = replayAttributesSchema.safeParse(attributes).data ?? {};
  return REPLAY_COUNT.test(replayCount ?? '') ? { ...replay, replayCount } : replay;
}

function findTarget(arn: string | undefined, subscribers: QueueNames): string | undefined {
  if (arn === undefined) return undefined;
  return Object.entries(subscribers).find(([, url]) => isQueue(arn, url))?.[0];
}

function describeFailure(attributes: Letter['attributes']): LetterFailure {
  const written = deadLetterAttributesSchema.safeParse(attributes).data;
  if (!written) return { kind: 'moved', reason: NO_REASON };
  return {
    kind: written.failureKind,
    reason: written.failureReason,
    attempts: Number(written.attempts),
    firstAt: written.firstFailedAt,
    lastAt: written.lastFailedAt,
  };
}

const NO_REASON = 'no reason: SQS moved it after a crash or a timeout';

function describeDelivery(written: z.infer<typeof undeliveredSchema> | undefined): LetterFailure {
  if (!written) return { kind: 'undelivered', reason: 'no reason: EventBridge wrote none' };
  const { ERROR_CODE, ERROR_MESSAGE, RETRY_ATTEMPTS } = written;
  return {
    kind: 'undelivered',
    reason: ['not delivered', ERROR_CODE, ERROR_MESSAGE].filter(Boolean).join(': '),
    attempts: RETRY_ATTEMPTS === undefined ? undefined : RETRY_ATTEMPTS + 1,
  };
}
