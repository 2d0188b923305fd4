import { type DetailType, eventContracts } from '@cloudnestle/contracts/events/all';
import { bus } from '@cloudnestle/topology/bus';
import { readSample } from '../examples/read-sample.ts';
import { refTo } from '../to-json-schemas.ts';
import type { Ref } from './channels.ts';
import { eventWords } from './event-words.ts';
import { detailTypes, eventName } from './schemas.ts';

const contentType = 'application/json';
const correlationId = {
  description: 'The order, through every service: its transaction id.',
  location: '$message.payload#/detail/metadata/correlationId',
};

export interface Message {
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
