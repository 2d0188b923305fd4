import { findFunction } from '@cloudnestle/topology/functions';
import { topology } from '@cloudnestle/topology/topology';
import type { Check } from './check.ts';
import { readFunctionsByName } from './read/read-functions.ts';
import { type QueueInputs, readQueues } from './read/read-queues.ts';
import { nameIn } from './read/read-resources.ts';
import { findDifferences } from './same.ts';

const DAY_SECONDS = 86_400;
const VISIBILITY_FACTOR = 6;

/** Each subscriber has its queue, which leads to its own dead-letter queue; nothing is lost early or delivered twice early. */
export const checkQueues: Check = (graph, { names }) => {
  const queues = readQueues(graph);
  const functions = readFunctionsByName(graph);
  const deadNames = [
    ...topology.subscriptions.map(({ deadLetterQueue }) => names.nameOf(deadLetterQueue)),
    names.nameOf(topology.deliveryDeadLetterQueue),
  ];
  const liveNames = topology.subscriptions.map(({ queue }) => names.nameOf(queue));
  return [
    ...findDifferences('the stage', {
      found: [...queues.keys()].map((name) => `the queue ${name}`),
      wanted: [...liveNames, ...deadNames].map((name) => `the queue ${name}`),
    }),
    ...[...queues.values()].flatMap(findUnencrypted),
    ...deadNames.flatMap((name) => [
      ...findWrongRetention(queues.get(name), topology.deadLetterRetentionDays),
      ...(queues.get(name)?.redrivePolicy ? [`${name} loses letters to another queue`] : []),
    ]),
    ...topology.subscriptions.flatMap(({ subscriber, queue, deadLetterQueue }) => {
      const name = names.nameOf(queue);
      const found = queues.get(name);
      const redrive = found?.redrivePolicy;
      const timeout =
        functions.get(names.functionNameOf(subscriber))?.timeout ??
        findFunction(subscriber).timeoutSeconds;
      return [
        ...findWrongRetention(found, topology.queueRetentionDays),
        ...(nameIn(redrive?.deadLetterTargetArn ?? '') === names.nameOf(deadLetterQueue)
          ? []
          : [`${name} does not lead to its own dead-letter queue`]),
        ...(redrive?.maxReceiveCount === topology.maxReceiveCount
          ? []
          : [`${name} gives up after ${redrive?.maxReceiveCount} receives`]),
        ...((found?.visibilityTimeoutSeconds ?? 0) >= VISIBILITY_FACTOR * timeout
          ? []
          : [`${name} shows messages again before six times ${subscriber}'s ${timeout} s`]),
      ];
    }),
  ];
};

function findUnencrypted({ name, sqsManagedSseEnabled }: QueueInputs): string[] {
  return sqsManagedSseEnabled === true ? [] : [`${name} is not encrypted`];
}

function findWrongRetention(queue: QueueInputs | undefined, days: number): string[] {
  if (!queue || queue.messageRetentionSeconds === days * DAY_SECONDS) return [];
  return [`${queue.name} keeps messages ${queue.messageRetentionSeconds} s, not ${days} days`];
}
