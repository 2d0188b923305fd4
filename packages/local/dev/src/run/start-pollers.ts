import { randomUUID } from 'node:crypto';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Provisioned } from '@cloudnestle/provisioning/provision';
import type { Log } from '@cloudnestle/runtime/logger';
import type { QueueHandler } from '@cloudnestle/runtime/queue/handler';
import { findFunction } from '@cloudnestle/topology/functions';
import { forEachSubscriber } from '@cloudnestle/topology/subscribers';
import type { Topology } from '@cloudnestle/topology/topology';
import type { SubscriberName } from '@cloudnestle/topology/types';
import { readQueueArn } from '../event-source/read-queue.ts';
import { type EventSource, startEventSource } from '../event-source/start-event-source.ts';
import type { PollerControl } from './local-run.ts';

/** One subscriber's queue and what feeds it to the function. */
export interface Poller extends EventSource {
  subscriber: SubscriberName;
  queueUrl: string;
}

/**
 * Batches of a queue at once. On AWS each function has a processor of its own; here all share one, and what waits for its turn
 * on it must not pass the limits of a mail or a call. More at once would finish no sooner.
 */
const BATCHES_AT_ONCE = 2;

/** Short, so that `pause` is quick; a message ends a poll at once however long it is. */
const LONG_POLL_SECONDS = 1;

/** Starts one event source per subscription of the topology. Rejects before any has started where a queue is missing. */
export async function startPollers(options: {
  topology: Topology;
  provisioned: Provisioned;
  sqs: SQSClient;
  handlerOf(name: SubscriberName): QueueHandler;
  logOf(unit: string): Log;
}): Promise<Poller[]> {
  const { topology, provisioned, sqs, handlerOf, logOf } = options;
  const queues = await Promise.all(
    topology.subscriptions.map(async ({ subscriber, ...mapping }) => {
      const queueUrl = provisioned.queues[subscriber]?.url;
      if (queueUrl === undefined) throw new Error(`no queue was provisioned for ${subscriber}`);
      return { subscriber, mapping, queueUrl, queueArn: await readQueueArn(sqs, queueUrl) };
    }),
  );
  return queues.map(({ subscriber, mapping, queueUrl, queueArn }) => {
    const source = startEventSource({
      ...mapping,
      maximumConcurrency: Math.min(mapping.maximumConcurrency, BATCHES_AT_ONCE),
      longPollSeconds: LONG_POLL_SECONDS,
      sqs,
      queueUrl,
      queueArn,
      definition: findFunction(subscriber),
      handler: handlerOf(subscriber),
      log: logOf(subscriber),
      nowMs: Date.now,
      newId: randomUUID,
    });
    return { ...source, subscriber, queueUrl };
  });
}

/** What a run's caller may do with each subscriber's poller. */
export function controlsOf(pollers: readonly Poller[]): Record<SubscriberName, PollerControl> {
  const controlOf = (name: SubscriberName): PollerControl => {
    const poller = pollers.find(({ subscriber }) => subscriber === name);
    if (!poller) throw new Error(`the topology has no subscription of ${name}`);
    return { pause: poller.pause, resume: poller.resume };
  };
  return forEachSubscriber(controlOf);
}
