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
import type { SQSRecord } from 'aws-lambda';
import { fitAttributes, toMessageAttributes } from './message-attributes.ts';

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
