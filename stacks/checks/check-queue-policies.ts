import { isDeepStrictEqual } from 'node:util';
import { topology } from '@cloudnestle/topology/topology';
import * as z from 'zod';
import type { Check } from './check.ts';
import { nameIn, readResources } from './read/read-resources.ts';
import { type Statement, statementsSchema } from './read/read-statements.ts';
import { types } from './read/types.ts';

const policySchema = z.object({ queueUrl: z.string(), policy: statementsSchema });

/** EventBridge may send to each subscriber's queue and to the delivery DLQ, for the rules that lead there; nobody else. */
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
