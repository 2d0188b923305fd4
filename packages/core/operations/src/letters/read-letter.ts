import type { Message } from '@aws-sdk/client-sqs';
import { busEnvelopeSchema } from '@cloudnestle/contracts/bus-envelope';
import {
  deadLetterAttributesSchema,
  isForeignAttribute,
  replayAttributesSchema,
} from '@cloudnestle/contracts/dead-letter';
import { eventContracts } from '@cloudnestle/contracts/events/all';
import { parseJson } from '@cloudnestle/contracts/json';
import { describeError, PermanentError } from '@cloudnestle/runtime/errors';
import { parseRecord } from '@cloudnestle/runtime/queue/subscriber';
import { subscriptions } from '@cloudnestle/topology/subscriptions';
import * as z from 'zod';
import type { Letter, LetterEvent, LetterFailure } from './letter.ts';
import { DELIVERY, type DeadLetterQueue, isArnOfUrl } from './stage-queues.ts';

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
  RETRY_ATTEMPTS: z.coerce.number().int().min(0).max(999_999).optional().catch(undefined),
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

/** So many digits are a count; more are forged, and no count. */
const COUNT = /^\d{1,6}$/;

function readReplay(attributes: Letter['attributes']): Letter['replay'] {
  const { replayCount, ...replay } = replayAttributesSchema.safeParse(attributes).data ?? {};
  return COUNT.test(replayCount ?? '') ? { ...replay, replayCount } : replay;
}

function findTarget(arn: string | undefined, subscribers: QueueNames): string | undefined {
  if (arn === undefined) return undefined;
  return Object.entries(subscribers).find(([, url]) => isArnOfUrl(arn, url))?.[0];
}

function describeFailure(attributes: Letter['attributes']): LetterFailure {
  const written = deadLetterAttributesSchema.safeParse(attributes).data;
  if (!written) return { kind: 'moved', reason: NO_REASON };
  return {
    kind: written.failureKind,
    reason: written.failureReason,
    attempts: COUNT.test(written.attempts) ? Number(written.attempts) : undefined,
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

/**
 * What a letter's body says, and why a subscriber of this version could never take it: nothing where it can, or where
 * no subscriber is known.
 */
function readBody(
  body: string,
  subscriber: string | undefined,
): Pick<Letter, 'event' | 'obstacle'> {
  const subscription = subscriptions.find((each) => each.subscriber === subscriber);
  if (!subscription) return { event: readLeniently(body), obstacle: undefined };
  const contracts = subscription.detailTypes.map((type) => eventContracts[type]);
  try {
    const { detailType, ...detail } = parseRecord(body, contracts);
    return { event: readDetail(detailType, detail), obstacle: undefined };
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    return { event: readLeniently(body), obstacle: describeError(error) };
  }
}

/** What shows nothing: in its place, a blank would cut an address in two, and half of it be taken for a word. */
const INVISIBLE = /\p{Cf}+/gu;
/** What a terminal would obey: control characters, line separators, halves of a pair. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/** Foreign text on one line: a terminal must not be steered by it. */
const safeLine = z
  .string()
  .transform((text) => text.replace(INVISIBLE, '').replace(UNPRINTABLE, ' '));

const detailSchema = z.object({
  metadata: z
    .object({
      eventId: safeLine.optional(),
      correlationId: safeLine.optional(),
      occurredAt: safeLine.optional(),
    })
    .default({}),
  data: z
    .object({
      transactionId: safeLine.optional(),
      merchantOrderId: safeLine.optional(),
      userId: safeLine.optional(),
    })
    .default({}),
});

/** As far as it can be read. */
function readLeniently(body: string): LetterEvent {
  const envelope = busEnvelopeSchema.safeParse(parseJson(body)).data;
  return readDetail(envelope && safeLine.parse(envelope['detail-type']), envelope?.detail);
}

function readDetail(detailType: string | undefined, given: unknown): LetterEvent {
  const detail = detailSchema.safeParse(given).data;
  return {
    detailType,
    eventId: detail?.metadata.eventId,
    occurredAt: detail?.metadata.occurredAt,
    transactionId: detail?.data.transactionId ?? detail?.metadata.correlationId,
    merchantOrderId: detail?.data.merchantOrderId,
    userId: detail?.data.userId,
  };
}
