import { type Topology, topology } from '@cloudnestle/topology/topology';

/** The topology as JSON for people and scripts: bus, rules, queues with their DLQs, tables, routes, schedules, functions. */
export function printTopology(): string {
  return JSON.stringify(describeTopology(topology), undefined, 2);
}

function describeTopology(source: Topology) {
  const { bus, subscriptions, deliveryDeadLetterQueue } = source;
  return {
    bus,
    rules: subscriptions.map(({ queue, detailTypes }) => ({
      // The rule carries its queue's name (packages/local/provisioning).
      name: queue,
      pattern: { source: [bus.source], 'detail-type': detailTypes },
      targets: [{ queue, deadLetterQueue: deliveryDeadLetterQueue }],
    })),
    queues: subscriptions.map(({ detailTypes: _, ...queue }) => ({
      ...queue,
      maxReceiveCount: source.maxReceiveCount,
      retentionDays: source.queueRetentionDays,
      deadLetterRetentionDays: source.deadLetterRetentionDays,
    })),
    deliveryDeadLetterQueue: {
      name: deliveryDeadLetterQueue,
      retentionDays: source.deadLetterRetentionDays,
    },
    tables: Object.values(source.tables),
    routes: source.routes,
    schedules: source.schedules,
    functions: source.functions,
    secrets: [...Object.values(source.secrets), source.environmentSecret],
  };
}
