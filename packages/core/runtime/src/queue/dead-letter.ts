import {
  type MessageAttributeValue,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import {
  type DeadLetterAttributes,
  isForeignAttribute,
  type ReplayAttributes,
} from '@cloudnestle/contracts/dead-letter';
import { toCarried } from '@cloudnestle/contracts/text';
import type { SQSRecord } from 'aws-lambda';

/**
 * Sends a record that a subscriber gives up on to the queue's dead-letter queue, with the reason beside it and with the
 * attributes that others gave the message. SQS takes ten: where they do not all fit, the reason stands, then come the
 * others' in the order of their names, then who replayed it. Answers the names of others' attributes that found no room.
 */
export async function sendToDeadLetterQueue(
  sqs: SQSClient,
  deadLetterQueueUrl: string,
  letter: {
    body: string;
    failure: DeadLetterAttributes;
    replay: ReplayAttributes;
    /** The record's own attributes. */
    given: SQSRecord['messageAttributes'] | undefined;
  },
): Promise<{ left: string[] }> {
  const { eventId, ...reason } = letter.failure;
  const { replayedAt, replayedBy, replayCount } = letter.replay;
  const { attributes, left } = fitAttributes(
    toMessageAttributes(reason),
    readForeign(letter.given ?? {}),
    toMessageAttributes({ replayedAt, replayedBy, replayCount, eventId }),
  );
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: deadLetterQueueUrl,
      MessageBody: letter.body,
      MessageAttributes: attributes,
    }),
  );
  return { left: left.filter(isForeignAttribute) };
}

/** A record's attributes of others, as SQS takes them again. */
function readForeign(given: SQSRecord['messageAttributes']): Record<string, MessageAttributeValue> {
  const foreign = Object.entries(given)
    .filter(([name]) => isForeignAttribute(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    foreign.map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      {
        DataType: dataType,
        ...(stringValue === undefined ? {} : { StringValue: stringValue }),
        // Lambda hands bytes over as base64.
        ...(binaryValue === undefined ? {} : { BinaryValue: Buffer.from(binaryValue, 'base64') }),
      },
    ]),
  );
}

/**
 * Attributes of text as SQS takes them: a character that it does not take is replaced, since a reason must not keep its
 * letter from being sent; what is not given or empty is left out, because SQS refuses it.
 */
export function toMessageAttributes(
  attributes: Record<string, string | undefined>,
): Record<string, MessageAttributeValue> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      value === undefined || value === ''
        ? []
        : [[name, { DataType: 'String', StringValue: toCarried(value) }]],
    ),
  );
}

/** SQS takes so many attributes on one message. */
const MOST_ATTRIBUTES = 10;

/**
 * Attributes for one message, as many as SQS takes: those of the first group first, and within a group in its order. `left`
 * names those that found no room.
 */
export function fitAttributes(...groups: readonly Record<string, MessageAttributeValue>[]): {
  attributes: Record<string, MessageAttributeValue>;
  left: string[];
} {
  // Of two with one name the first counts.
  const wanted = new Map<string, MessageAttributeValue>();
  for (const [name, value] of groups.flatMap(Object.entries<MessageAttributeValue>)) {
    if (!wanted.has(name)) wanted.set(name, value);
  }
  const all = [...wanted];
  return {
    attributes: Object.fromEntries(all.slice(0, MOST_ATTRIBUTES)),
    left: all.slice(MOST_ATTRIBUTES).map(([name]) => name),
  };
}
