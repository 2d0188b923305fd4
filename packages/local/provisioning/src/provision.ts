import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Topology } from '@cloudnestle/topology/topology';
import type { WorkQueue } from '@cloudnestle/topology/types';
import { createBus, createRule } from './bus.ts';
import { createQueue } from './queues.ts';
import { createTable } from './tables.ts';

export interface ProvisionedQueue {
  url: string;
  deadLetterUrl: string;
}

export interface Provisioned {
  /** By the function that works on it: a subscriber, or the operators' worker. */
  queues: Readonly<Record<string, ProvisionedQueue>>;
  deliveryDeadLetterUrl: string;
}

export interface ProvisionClients {
  dynamo: DynamoDBClient;
  sqs: SQSClient;
  events: EventBridgeClient;
}

/** Creates bus, rules, queues and tables of the topology wherever the clients point. May be run again. */
export async function provision(
  clients: ProvisionClients,
  topology: Topology,
): Promise<Provisioned> {
  await Promise.all([
    createBus(clients.events, topology.bus.name),
    ...Object.values(topology.tables).map((table) =>
      createTable(clients.dynamo, table.name, table),
    ),
  ]);
  const delivery = await createQueue(clients.sqs, topology.deliveryDeadLetterQueue, {
    retentionDays: topology.deadLetterRetentionDays,
  });
  const queues = await Promise.all(
    topology.subscriptions.map((subscription) =>
      createSubscription(clients, topology, subscription, delivery.arn),
    ),
  );
  const jobs = await createWorkQueue(clients.sqs, topology, topology.jobQueue);
  return {
    queues: Object.fromEntries([
      ...queues.map(({ subscriber, urls }) => [subscriber, urls] as const),
      [topology.jobQueue.function, jobs.urls] as const,
    ]),
    deliveryDeadLetterUrl: delivery.url,
  };
}

async function createSubscription(
  { sqs, events }: ProvisionClients,
  topology: Topology,
  subscription: Topology['subscriptions'][number],
  deliveryDeadLetterQueueArn: string,
) {
  const { arn, urls } = await createWorkQueue(sqs, topology, subscription);
  await createRule(events, topology.bus.name, topology.bus.source, subscription, {
    queue: arn,
    deliveryDeadLetterQueue: deliveryDeadLetterQueueArn,
  });
  return { subscriber: subscription.subscriber, urls };
}

/** A queue and the dead-letter queue that belongs to it alone. */
async function createWorkQueue(sqs: SQSClient, topology: Topology, work: WorkQueue) {
  const deadLetter = await createQueue(sqs, work.deadLetterQueue, {
    retentionDays: topology.deadLetterRetentionDays,
  });
  const queue = await createQueue(sqs, work.queue, {
    retentionDays: topology.queueRetentionDays,
    visibilityTimeoutSeconds: work.visibilityTimeoutSeconds,
    redrive: { deadLetterQueueArn: deadLetter.arn, maxReceiveCount: topology.maxReceiveCount },
  });
  return { arn: queue.arn, urls: { url: queue.url, deadLetterUrl: deadLetter.url } };
}
