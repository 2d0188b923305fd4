import { isDeepStrictEqual } from 'node:util';
import { findFunction } from '@cloudnestle/topology/functions';
import { nameIn, type Problem } from '@cloudnestle/topology/judge/problem';
import {
  judgeDeadLetterQueue,
  judgeLiveQueue,
  type SeenQueue,
} from '@cloudnestle/topology/judge/queue';
import { VISIBILITY_FACTOR } from '@cloudnestle/topology/subscriptions';
import { topology } from '@cloudnestle/topology/topology';
import * as z from 'zod';
import {
  type Check,
  findDifferences,
  readFunctionsByName,
  readQueues,
  readResources,
  type Statement,
  statementsSchema,
  types,
} from './read.ts';

/** Every queue that a function works on. */
const works = [
  ...topology.subscriptions.map((each) => ({ ...each, worker: each.subscriber })),
  { ...topology.jobQueue, worker: topology.jobQueue.function },
];

/** Each subscriber has its queue, and so has the operators' worker, which leads to its own dead-letter queue; nothing is lost early or delivered twice early. */
export const checkQueues: Check = (graph, { names }) => {
  const queues = readQueues(graph);
  const functions = readFunctionsByName(graph);
  const deadNames = [
    ...works.map(({ deadLetterQueue }) => names.nameOf(deadLetterQueue)),
    names.nameOf(topology.deliveryDeadLetterQueue),
  ];
  const liveNames = works.map(({ queue }) => names.nameOf(queue));
  /** What a judge finds of a queue; a queue that is not there is a difference of its own. */
  const judge = (name: string, find: (seen: SeenQueue) => Problem[]) => {
    const queue = queues.get(name);
    return queue ? find(queue).map(({ words }) => `${name} ${words}`) : [];
  };
  return [
    ...findDifferences('the stage', {
      found: [...queues.keys()].map((name) => `the queue ${name}`),
      wanted: [...liveNames, ...deadNames].map((name) => `the queue ${name}`),
    }),
    ...[...queues].flatMap(([name, { isEncrypted }]) =>
      isEncrypted ? [] : [`${name} is not encrypted`],
    ),
    ...deadNames.flatMap((name) => judge(name, judgeDeadLetterQueue)),
    ...works.flatMap(({ worker, queue, deadLetterQueue }) => {
      const timeout =
        functions.get(names.functionNameOf(worker))?.timeout ?? findFunction(worker).timeoutSeconds;
      return judge(names.nameOf(queue), (seen) =>
        judgeLiveQueue(seen, {
          leastVisibilitySeconds: VISIBILITY_FACTOR * timeout,
          deadLetter: { name: names.nameOf(deadLetterQueue), arn: undefined },
        }),
      );
    }),
  ];
};

const policySchema = z.object({ queueUrl: z.string(), policy: statementsSchema });

/** EventBridge may send to each subscriber's queue and to the delivery DLQ, for the rules that lead there; no other caller may. */
export const checkQueuePolicies: Check = (graph, { names }) => {
  const policies = readResources(graph, types.queuePolicy, policySchema);
  const rules = topology.subscriptions.map(({ queue }) => names.nameOf(queue));
  const wanted = new Map<string, string[]>([
    ...rules.map((rule): [string, string[]] => [rule, [rule]]),
    [names.nameOf(topology.deliveryDeadLetterQueue), rules],
  ]);
  const named = policies.map(({ inputs }) => ({ ...inputs, queue: nameIn(inputs.queueUrl) }));
  return [
    ...named
      .filter(({ queue }) => !wanted.has(queue))
      .map(({ queue }) => `${queue} has a policy, which it should not`),
    ...[...wanted].flatMap(([queue, senders]) => {
      const statements = named
        .filter((each) => each.queue === queue)
        .flatMap(({ policy }) => policy);
      return statements.length === 1 && statements.every((each) => isOnlyFor(each, queue, senders))
        ? []
        : [`${queue} is not open to exactly the rules ${senders.join(', ')}`];
    }),
  ];
};

function isOnlyFor(statement: Statement, queue: string, rules: readonly string[]): boolean {
  const { Effect, Action, Resource = [], Principal, Condition, NotAction, NotResource } = statement;
  const sources = Condition?.ArnEquals?.['aws:SourceArn'] ?? [];
  const accounts = Condition?.StringEquals?.['aws:SourceAccount'] ?? [];
  return (
    Effect === 'Allow' &&
    !NotAction &&
    !NotResource &&
    isDeepStrictEqual(Action, ['sqs:SendMessage']) &&
    isDeepStrictEqual(Resource.map(nameIn), [queue]) &&
    isDeepStrictEqual(Principal, { Service: ['events.amazonaws.com'] }) &&
    isDeepStrictEqual(sources.map(nameIn).toSorted(), [...rules].toSorted()) &&
    accounts.length === 1 &&
    accounts.every((account) => /^\d{12}$/.test(account))
  );
}

const mappingSchema = z.object({
  eventSourceArn: z.string(),
  functionName: z.string(),
  batchSize: z.number(),
  maximumBatchingWindowInSeconds: z.number(),
  functionResponseTypes: z.array(z.string()).default([]),
  scalingConfig: z.object({ maximumConcurrency: z.number() }).optional(),
  enabled: z.boolean().default(true),
  filterCriteria: z.unknown().optional(),
});

/** Each subscriber's function works on its own queue, with the topology's numbers, and a record fails alone. */
export const checkMappings: Check = (graph, { names }) => {
  const mappings = readResources(graph, types.mapping, mappingSchema).map(({ inputs }) => inputs);
  const surplus = mappings.length - works.length;
  return [
    ...(surplus > 0 ? [`${surplus} event source mappings too many`] : []),
    ...works.flatMap((work) => {
      const queue = names.nameOf(work.queue);
      const [found, ...more] = mappings.filter((each) => nameIn(each.eventSourceArn) === queue);
      if (!found || more.length > 0) return [`${queue} has ${more.length} mappings, not one`];
      const { batchSize, maximumBatchingWindowInSeconds: window, scalingConfig } = found;
      return [
        ...(nameIn(found.functionName) === names.functionNameOf(work.worker)
          ? []
          : [`${queue} is worked on by ${found.functionName}`]),
        ...(found.functionResponseTypes.includes('ReportBatchItemFailures')
          ? []
          : [`${queue}: one record that fails would bring its whole batch back`]),
        ...(batchSize === work.batchSize && window === work.batchWindowSeconds
          ? []
          : [`${queue} comes in batches of ${batchSize} within ${window} s`]),
        ...(scalingConfig?.maximumConcurrency === work.maximumConcurrency
          ? []
          : [`${queue} has no limit of ${work.maximumConcurrency} functions at once`]),
        ...(found.enabled && found.filterCriteria === undefined
          ? []
          : [`${queue}: not every message is worked on`]),
      ];
    }),
  ];
};
