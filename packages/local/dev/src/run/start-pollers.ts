import { randomUUID } from 'node:crypto';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Provisioned } from '@cloudnestle/provisioning/provision';
import type { Log } from '@cloudnestle/runtime/logger';
import type { QueueHandler } from '@cloudnestle/runtime/queue/handler';
import { findFunction } from '@cloudnestle/topology/functions';
import { forEachSubscriber } from '@cloudnestle/topology/subscribers';
import type { Topology } from '@cloudnestle/topology/topology';
import type { SubscriberName, WorkerFunctionName, WorkQueue } from '@cloudnestle/topology/types';
import { readQueueArn } from '../event-source/read-queue.ts';
import { type EventSource, startEventSource } from '../event-source/start-event-source.ts';
import type { PollerControl } from './local-run.ts';

/** The queue of a subscriber or of the operators' worker, and what feeds it to the function. */
export interface Poller extends EventSource {
  name: QueueFunctionName;
  queueUrl: string;
}

/** A function that a queue feeds. */
export type QueueFunctionName = SubscriberName | WorkerFunctionName;

/**
 * Batches of a queue at once. On AWS each function has a processor of its own; here all share one, and what waits for its turn
 * on it must not pass the limits of a mail or a call. More at once would finish no sooner.
 */
const BATCHES_AT_ONCE = 2;

/** Short, so that `pause` is quick; a message ends a poll at once however long it is. */
const LONG_POLL_SECONDS = 1;

/** Starts one event source per subscription of the topology, and the worker's. Rejects before any has started where a queue is missing. */
export async function startPollers(options: {
  topology: Topology;
  provisioned: Provisioned;
  sqs: SQSClient;
  handlerOf(name: QueueFunctionName): QueueHandler;
  logOf(unit: string): Log;
}): Promise<Poller[]> {
  const { topology, provisioned, sqs, handlerOf, logOf } = options;
  const queues = await Promise.all(
    listQueues(topology).map(async ({ name, mapping }) => {
      const queueUrl = provisioned.queues[name]?.url;
      if (queueUrl === undefined) throw new Error(`no queue was provisioned for ${name}`);
      return { name, mapping, queueUrl, queueArn: await readQueueArn(sqs, queueUrl) };
    }),
  );
  return queues.map(({ name, mapping, queueUrl, queueArn }) => {
    const source = startEventSource({
      ...mapping,
      maximumConcurrency: Math.min(mapping.maximumConcurrency, BATCHES_AT_ONCE),
      longPollSeconds: LONG_POLL_SECONDS,
      sqs,
      queueUrl,
      queueArn,
      definition: findFunction(name),
      handler: handlerOf(name),
      log: logOf(name),
      nowMs: Date.now,
      newId: randomUUID,
    });
    return { ...source, name, queueUrl };
  });
}

function listQueues({ subscriptions, jobQueue }: Topology) {
  const { function: worker, ...jobs } = jobQueue;
  return [
    ...subscriptions.map(
      ({ subscriber, ...mapping }): NamedQueue => ({ name: subscriber, mapping }),
    ),
    { name: worker, mapping: jobs } satisfies NamedQueue,
  ];
}

interface NamedQueue {
  name: QueueFunctionName;
  mapping: WorkQueue;
}

/** What a run's caller may do with each poller. */
export function controlsOf(pollers: readonly Poller[]): Record<QueueFunctionName, PollerControl> {
  const controlOf = (name: QueueFunctionName): PollerControl => {
    const poller = pollers.find((each) => each.name === name);
    if (!poller) throw new Error(`the topology has no queue of ${name}`);
    return { pause: poller.pause, resume: poller.resume };
  };
  return { ...forEachSubscriber(controlOf), operations: controlOf('operations') };
}
