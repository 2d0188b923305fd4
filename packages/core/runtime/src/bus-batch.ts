import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Publish, PublishAnswer } from '@cloudnestle/payments/build-events';
import DataLoader from 'dataloader';
import { type BusConfig, type BusDependencies, putEntries, toEntry } from './bus.ts';
import { createEventBridgeClient } from './clients/event-bridge.ts';
import type { Platform } from './platform.ts';

/** Like `connectBus`, for records of one batch. */
export function connectBatchBus(
  { EVENT_BUS_NAME }: BusConfig,
  { random, clients, timeoutMs }: Pick<Platform, 'random' | 'clients'> & { timeoutMs: number },
): Publish {
  const client = createEventBridgeClient({ timeoutMs }, { clients });
  return createBatchPublisher({ client, busName: EVENT_BUS_NAME, random });
}

/** PutEvents takes so many. An entry of ours has some hundred bytes, so the size of a call never counts. */
const LARGEST_BATCH = 10;

/**
 * A publisher like `createPublisher`, for what records of one batch tell in the same moment: up to ten events are one call.
 * Each event has its own answer; one that could not leave fails its own record alone (rule 5).
 */
export function createBatchPublisher(deps: BusDependencies): Publish {
  const loader = new DataLoader<PutEventsRequestEntry, PublishAnswer>(
    (entries) => putEntries(deps, entries),
    { cache: false, maxBatchSize: LARGEST_BATCH },
  );
  // Async, so that an event that does not fit its contract rejects like any other failure.
  return async (event) => loader.load(toEntry(event, deps.busName));
}
