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

export type BusConfig = z.infer<z.ZodObject<typeof busEnvironmentShape>>;

/** A publisher onto the stage's bus; `timeoutMs` is for one attempt of one call. */
export function connectBus(
  { EVENT_BUS_NAME }: BusConfig,
  { random, clients, timeoutMs }: Pick<Platform, 'random' | 'clients'> & { timeoutMs: number },
): Publish {
  const client = createEventBridgeClient({ timeoutMs }, { clients });
  return createPublisher({ client, busName: EVENT_BUS_NAME, random });
}

/** How an event is handed to the bus, and how often. */
export interface BusDependencies {
  client: EventBridgeClient;
  busName: string;
  random: () => number;
}

/**
 * Puts one event on the bus and checks what the bus answered: PutEvents answers 200 with failed entries (AWS), so those
 * are tried again and at last reported as failed.
 */
export function createPublisher(deps: BusDependencies): Publish {
  return async (event) => {
    const [answer] = await putEntries(deps, [toEntry(event, deps.busName)]);
    return answer ?? { kind: 'failed', reason: 'not tried' };
  };
}

const ATTEMPTS = 3;
const BACKOFF_MS = 60;

/** At most ten entries in one call; each has its own answer, and only those that failed are tried again (rule 4). */
export async function putEntries(
  deps: BusDependencies,
  entries: readonly PutEventsRequestEntry[],
): Promise<PublishAnswer[]> {
  let answers = await put(deps.client, entries);
  for (let attempt = 2; attempt <= ATTEMPTS; attempt += 1) {
    const left = entries.filter((_, index) => answers[index]?.kind !== 'published');
    if (left.length === 0) return answers;
    await delay(BACKOFF_MS * attempt * deps.random());
    const again = await put(deps.client, left);
    answers = answers.map((answer) =>
      answer.kind === 'published' ? answer : (again.shift() ?? answer),
    );
  }
  return answers;
}

/** Parsed on the way out too: an event no subscriber could read must not leave. A misfit is a bug and throws. */
export function toEntry(event: EventToPublish<DetailType>, busName: string): PutEventsRequestEntry {
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

/** What the bus says of each entry. */
async function put(
  client: EventBridgeClient,
  entries: readonly PutEventsRequestEntry[],
): Promise<PublishAnswer[]> {
  try {
    const result = await client.send(new PutEventsCommand({ Entries: [...entries] }));
    if (result.FailedEntryCount === 0) return entries.map(() => ({ kind: 'published' }));
    return entries.map((_, index) => {
      const { EventId, ErrorCode = 'no reason given' } = result.Entries?.[index] ?? {};
      if (EventId !== undefined) return { kind: 'published' };
      return { kind: 'failed', reason: `the bus refused the entry: ${ErrorCode}` };
    });
  } catch (error) {
    const reason = describeError(error);
    return entries.map(() => ({ kind: 'failed', reason }));
  }
}
