import { busEnvelopeSchema } from '@cloudnestle/contracts/bus-envelope';
import {
  deadLetterAttributesSchema,
  replayAttributesSchema,
} from '@cloudnestle/contracts/dead-letter';
import { eventMetadataSchema } from '@cloudnestle/contracts/event-metadata';
import { type DetailType, eventContracts } from '@cloudnestle/contracts/events/all';
import { failureReasonSchema } from '@cloudnestle/contracts/events/payment-failed';
import {
  merchantOrderIdSchema,
  transactionIdSchema,
  userIdSchema,
} from '@cloudnestle/contracts/ids';
import { instrumentSchema } from '@cloudnestle/contracts/instrument';
import { amountInPaisaSchema } from '@cloudnestle/contracts/money';
import { planSchema } from '@cloudnestle/contracts/plan';
import { timestampSchema } from '@cloudnestle/contracts/time';
import { bus } from '@cloudnestle/topology/bus';
import * as z from 'zod';
import { readSample } from '../examples.ts';
import { type Ref, refTo } from '../to-json-schemas.ts';
import { eventWords } from './event-words.ts';

const contentType = 'application/json';
const correlationId = {
  description: 'The order, through every service: its transaction id.',
  location: '$message.payload#/detail/metadata/correlationId',
};

interface Message {
  name: string;
  title: string;
  summary: string;
  description?: string;
  contentType: string;
  correlationId?: { description: string; location: string };
  headers?: Ref;
  payload: Ref | { anyOf: readonly Ref[] };
  examples?: readonly { name: string; summary: string; headers?: object; payload: object }[];
}

/** Every event by its detail type, and the two kinds of dead letters. */
export function buildMessages(): Record<string, Message> {
  return {
    ...Object.fromEntries(detailTypes.map((detailType) => [detailType, buildEvent(detailType)])),
    DeadLetter: {
      name: 'DeadLetter',
      title: 'Dead letter',
      summary:
        'An event that a subscriber gave up on, with the reason beside it as message attributes.',
      contentType,
      headers: { $ref: refTo('DeadLetterAttributes') },
      payload: { anyOf: detailTypes.map((each) => ({ $ref: refTo(eventName(each)) })) },
      examples: [
        {
          name: 'exhausted',
          summary: 'Every attempt failed.',
          headers: {
            failureKind: 'exhausted',
            failureReason: 'ThrottlingException: rate exceeded',
            attempts: '8',
            firstFailedAt: '2025-11-23T10:00:01.000Z',
            lastFailedAt: '2025-11-23T10:34:41.000Z',
            eventId: readSample('PaymentCompleted').metadata.eventId,
          },
          payload: envelop('PaymentCompleted'),
        },
      ],
    },
    UndeliveredEvent: {
      name: 'UndeliveredEvent',
      title: 'Undelivered event',
      summary:
        'An event that EventBridge could not put into a queue, with its own reason beside it.',
      contentType,
      headers: { $ref: refTo('UndeliveredAttributes') },
      payload: { anyOf: detailTypes.map((each) => ({ $ref: refTo(eventName(each)) })) },
    },
  };
}

function buildEvent(detailType: DetailType): Message {
  const { summary, publishers } = eventWords[detailType];
  const { schemaVersion } = eventContracts[detailType];
  return {
    name: detailType,
    title: detailType,
    summary,
    description: `Version ${schemaVersion}. Published by: ${publishers}`,
    contentType,
    correlationId,
    payload: { $ref: refTo(eventName(detailType)) },
    examples: [{ name: `version${schemaVersion}`, summary, payload: envelop(detailType) }],
  };
}

/** The committed sample as it stands in a queue. */
function envelop(detailType: DetailType) {
  const detail = readSample(detailType);
  return {
    version: '0',
    id: '17793124-05d4-b198-2fde-7ededc63b103',
    'detail-type': detailType,
    source: bus.source,
    account: '123456789012',
    time: detail.metadata.occurredAt.replace(/\.\d+Z$/, 'Z'),
    region: 'ap-south-1',
    resources: [],
    detail,
  };
}

/** Every detail type of the bus. */
export const detailTypes = Object.values(eventContracts).map(({ detailType }) => detailType);

const dataName = (detailType: DetailType) => `${detailType}Data`;
const eventName = (detailType: DetailType) => `${detailType}Event`;

const undeliveredAttributesSchema = z
  .object({
    RULE_ARN: z.string(),
    TARGET_ARN: z.string().describe('The queue that it was meant for.'),
    ERROR_CODE: z.string(),
    ERROR_MESSAGE: z.string(),
    RETRY_ATTEMPTS: z.string().optional(),
    EXHAUSTED_RETRY_CONDITION: z.string().optional(),
  })
  .describe('What EventBridge writes beside an event that it could not put into a queue.');

/** Everything that messages are made of, by its name in the document. */
export const eventSchemas: Readonly<Record<string, z.ZodType>> = {
  TransactionId: transactionIdSchema,
  MerchantOrderId: merchantOrderIdSchema,
  UserId: userIdSchema,
  AmountInPaisa: amountInPaisaSchema,
  Timestamp: timestampSchema,
  Plan: planSchema,
  Instrument: instrumentSchema,
  FailureReason: failureReasonSchema,
  EventMetadata: eventMetadataSchema,
  ...Object.fromEntries(
    detailTypes.flatMap((detailType) => [
      [dataName(detailType), eventContracts[detailType].dataSchema],
      [eventName(detailType), envelopeOf(detailType)],
    ]),
  ),
  DeadLetterAttributes: deadLetterAttributesSchema.extend(replayAttributesSchema.shape),
  UndeliveredAttributes: undeliveredAttributesSchema,
};

/** What stands in a queue: AWS's envelope around our detail. */
function envelopeOf(detailType: DetailType) {
  return busEnvelopeSchema.extend({
    source: z.literal(bus.source),
    'detail-type': z.literal(detailType),
    detail: eventContracts[detailType].detailSchema,
    version: z.string().describe("The envelope's own version, by AWS."),
    account: z.string(),
    region: z.string(),
    resources: z.array(z.string()).describe('Always empty.'),
  });
}
