import { setTimeout as delay } from 'node:timers/promises';
import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { EVENT_SOURCE, type EventToPublish } from '@cloudnestle/contracts/event';
import { type DetailType, eventContracts } from '@cloudnestle/contracts/events/all';
import type { Publish, PublishAnswer } from '@cloudnestle/payments/build-events';
import * as z from 'zod';
import { createEventBridgeClient } from './clients/event-bridge.ts';
import { describeError } from './errors.ts';
import type { Platform } from './platform.ts';

/** What every function that publishes finds in its environment. */
export const busEnvironmentShape = { EVENT_BUS_NAME: z.string().min(1) };

type BusConfig = z.infer<z.ZodObject<typeof busEnvironmentShape>>;

/** A publisher onto the stage's bus; `timeoutMs` is for one attempt of one call. */
export function connectBus(
  { EVENT_BUS_NAME }: BusConfig,
  { random, clients, timeoutMs }: Pick<Platform, 'random' | 'clients'> & { timeoutMs: number },
): Publish {
  const client = createEventBridgeClient({ timeoutMs }, { clients });
  return createPublisher({ client, busName: EVENT_BUS_NAME, random });
}

const ATTEMPTS = 3;
const BACKOFF_MS = 60;

/**
 * Puts one event on the bus and checks what the bus answered: PutEvents answers 200 with failed entries (AWS), so those
 * are tried again and at last reported as failed.
 */
export function createPublisher(deps: {
  client: EventBridgeClient;
  busName: string;
  random: () => number;
}): Publish {
  return async (event) => {
    const entry = toEntry(event, deps.busName);
    let answer: PublishAnswer = { kind: 'failed', reason: 'not tried' };
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      if (attempt > 1) await delay(BACKOFF_MS * attempt * deps.random());
      answer = await put(deps.client, entry);
      if (answer.kind === 'published') return answer;
    }
    return answer;
  };
}

/** Parsed on the way out too: an event no subscriber could read must not leave. A misfit is a bug and throws. */
function toEntry(event: EventToPublish<DetailType>, busName: string): PutEventsRequestEntry {
  const contract = eventContracts[event.detailType];
  const detail = contract.detailSchema.parse(event.detail);
  return {
    EventBusName: busName,
    Source: EVENT_SOURCE,
    DetailType: contract.detailType,
    Detail: JSON.stringify(detail),
    Resources: [],
  };
}

async function put(
  client: EventBridgeClient,
  entry: PutEventsRequestEntry,
): Promise<PublishAnswer> {
  try {
    const result = await client.send(new PutEventsCommand({ Entries: [entry] }));
    if (result.FailedEntryCount === 0) return { kind: 'published' };
    const code = result.Entries?.[0]?.ErrorCode ?? 'no reason given';
    return { kind: 'failed', reason: `the bus refused the entry: ${code}` };
  } catch (error) {
    return { kind: 'failed', reason: describeError(error) };
  }
}
