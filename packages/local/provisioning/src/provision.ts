import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Topology } from '@cloudnestle/topology/topology';
import { createBus, createRule } from './bus.ts';
import { createQueue } from './queues.ts';
import { createTable } from './tables.ts';

export interface ProvisionedQueue {
  url: string;
  deadLetterUrl: string;
}

export interface Provisioned {
  /** By subscriber. */
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
  return {
    queues: Object.fromEntries(queues.map(({ subscriber, urls }) => [subscriber, urls])),
    deliveryDeadLetterUrl: delivery.url,
  };
}

async function createSubscription(
  { sqs, events }: ProvisionClients,
  topology: Topology,
  subscription: Topology['subscriptions'][number],
  deliveryDeadLetterQueueArn: string,
) {
  const deadLetter = await createQueue(sqs, subscription.deadLetterQueue, {
    retentionDays: topology.deadLetterRetentionDays,
  });
  const queue = await createQueue(sqs, subscription.queue, {
    retentionDays: topology.queueRetentionDays,
    visibilityTimeoutSeconds: subscription.visibilityTimeoutSeconds,
    redrive: { deadLetterQueueArn: deadLetter.arn, maxReceiveCount: topology.maxReceiveCount },
  });
  await createRule(events, topology.bus.name, topology.bus.source, subscription, {
    queue: queue.arn,
    deliveryDeadLetterQueue: deliveryDeadLetterQueueArn,
  });
  return {
    subscriber: subscription.subscriber,
    urls: { url: queue.url, deadLetterUrl: deadLetter.url },
  };
}
