import { EventBridgeServiceException } from '@aws-sdk/client-eventbridge';
import { type Envelope, formatEventTime } from '@cloudnestle/local-aws/events/dependencies';
import { compilePattern } from '@cloudnestle/local-aws/events/pattern/compile-pattern';
import { checkEntry, measureEntry } from '@cloudnestle/local-aws/events/put-events';
import * as z from 'zod';
import { account, createIds, queueArn, ruleArn } from './account.ts';
import { type AwsService, metadata, NotModelledError } from './aws.ts';
import { readerOf } from './inputs.ts';
import type { SqsModel } from './sqs.ts';

/** A rule with its one target, a queue. */
export interface RuleDefinition {
  name: string;
  /** An event pattern, as JSON. */
  pattern: string;
  queue: string;
}

/** An event on its way to one queue. EventBridge delivers at least once: `deliver` may be called again. */
export interface Delivery {
  rule: string;
  queue: string;
  event: Envelope;
  /** Puts the event into the queue. */
  deliver(): void;
  /** Puts it into the delivery dead-letter queue instead, as after the last of many tries (185 in 24 hours on AWS). */
  giveUp(failure: DeliveryFailure): void;
}

export interface DeliveryFailure {
  /** `NO_PERMISSIONS`, `NO_RESOURCE`, `THROTTLING`, ... */
  code: string;
  message: string;
  retries: number;
}

export interface EventBridgeOptions {
  now(): number;
  busName: string;
  rules: readonly RuleDefinition[];
  deliveryDeadLetterQueue: string;
  sqs: Pick<SqsModel, 'deliver'>;
  /** Takes what PutEvents accepted. When, in which order and how often it is delivered is the caller's choice. */
  onDelivery(delivery: Delivery): void;
  /** Lets an entry fail although it is good; PutEvents then answers 200 with that failure. */
  refuse?:
    | ((entry: PutEntry) => { ErrorCode: string; ErrorMessage: string } | undefined)
    | undefined;
}

const entrySchema = z.strictObject({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().min(1).optional(),
  Resources: z.array(z.string()).optional(),
  Time: z.date().optional(),
  TraceHeader: z.string().max(500).optional(),
});
export type PutEntry = z.output<typeof entrySchema>;

const MOST_BYTES = 256 * 1024;

const readPutEvents = readerOf(
  'PutEventsCommand',
  z.strictObject({ Entries: z.array(entrySchema).min(1).max(10) }),
  invalid,
);

/**
 * EventBridge in memory: PutEvents and the rules of one bus, with the entry checks and the pattern matcher of the local
 * endpoint. An event to another bus is accepted and dropped, as on AWS.
 */
export function createEventBridge(options: EventBridgeOptions): AwsService {
  const newId = createIds();
  const rules = options.rules.map((rule) => ({ ...rule, matches: compilePattern(rule.pattern) }));
  const put = (entry: PutEntry) => {
    const checked = checkEntry({ ...entry, Time: undefined });
    if ('ErrorCode' in checked) return checked;
    const refused = options.refuse?.(entry);
    if (refused) return refused;
    const event: Envelope = {
      version: '0',
      id: newId(),
      'detail-type': checked.detailType,
      source: checked.source,
      account: account.id,
      time: formatEventTime(entry.Time?.getTime() ?? options.now()),
      region: account.region,
      resources: [...(entry.Resources ?? [])],
      detail: checked.detail,
    };
    const isOurs = nameOfBus(entry.EventBusName ?? 'default') === options.busName;
    const body = JSON.stringify(event);
    for (const rule of isOurs ? rules : []) {
      if (rule.matches(event)) options.onDelivery(buildDelivery(options, rule, event, body));
    }
    return { EventId: event.id };
  };
  return {
    execute: (commandName, input) => {
      if (commandName !== 'PutEventsCommand') {
        throw new NotModelledError(`EventBridge in memory has no ${commandName}`);
      }
      const entries = readPutEvents(input).Entries;
      const bytes = entries.reduce(
        (sum, { Time, ...entry }) => sum + measureEntry({ ...entry, Time: Time && 0 }),
        0,
      );
      if (bytes > MOST_BYTES) {
        throw invalid('Total size of the entries in the request is over the limit.');
      }
      const Entries = entries.map(put);
      const FailedEntryCount = Entries.filter((entry) => 'ErrorCode' in entry).length;
      return { FailedEntryCount, Entries, $metadata: metadata() };
    },
  };
}

function buildDelivery(
  { sqs, busName, deliveryDeadLetterQueue }: EventBridgeOptions,
  { name, queue }: RuleDefinition,
  event: Envelope,
  body: string,
): Delivery {
  return {
    rule: name,
    queue,
    event,
    deliver: () => sqs.deliver(queue, body),
    giveUp: ({ code, message, retries }) => {
      const attributes = {
        RULE_ARN: ruleArn(busName, name),
        TARGET_ARN: queueArn(queue),
        ERROR_CODE: code,
        ERROR_MESSAGE: message,
        EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
        RETRY_ATTEMPTS: String(retries),
      };
      const text = (StringValue: string) => ({ DataType: 'String', StringValue });
      sqs.deliver(
        deliveryDeadLetterQueue,
        body,
        Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, text(value)])),
      );
    },
  };
}

/** The name in a bus's name or ARN. */
function nameOfBus(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
}

function invalid(message: string): EventBridgeServiceException {
  return new EventBridgeServiceException({
    name: 'ValidationException',
    message,
    $fault: 'client',
    $metadata: metadata(400),
  });
}
