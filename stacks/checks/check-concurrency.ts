import { LEAST_UNRESERVED } from '@cloudnestle/topology/concurrency';
import { functions } from '@cloudnestle/topology/functions';
import { topology } from '@cloudnestle/topology/topology';
import type { FunctionName } from '@cloudnestle/topology/types';
import { reservedConcurrencyOf } from '../config/reserved-concurrency.ts';
import type { Check } from './check.ts';
import { readFunctionsByName } from './read/read-functions.ts';

/** What a payment cannot do without: the calls that take or settle one, and what works on the queues. */
const carryPayments: readonly FunctionName[] = [
  'webhook',
  'upgrade',
  'callback',
  'sweep',
  ...topology.subscriptions.map(({ subscriber }) => subscriber),
];

/**
 * A flood of searches takes the executions of no payment: what payments need is set aside, searches have a ceiling, and a
 * queue starts no more than its function may run. A stage that shares its account's executions sets none aside.
 */
export const checkConcurrency: Check = (graph, { config, names }) => {
  const found = readFunctionsByName(graph);
  const reservedOf = (name: FunctionName) =>
    found.get(names.functionNameOf(name))?.reservedConcurrentExecutions;
  const wrong = functions.flatMap((definition) => {
    const reserved = reservedOf(definition.name);
    const wanted = reservedConcurrencyOf(definition, config);
    return reserved === wanted
      ? []
      : [
          `${definition.name} has ${reserved ?? 'no'} executions of its own, not ${wanted ?? 'none'}`,
        ];
  });
  if (config.concurrency.kind === 'shared') return wrong;
  const sum = functions.reduce((total, { name }) => total + (reservedOf(name) ?? 0), 0);
  return [
    ...wrong,
    ...[...carryPayments, 'validateToken' as const]
      .filter((name) => (reservedOf(name) ?? 0) < 1)
      .map((name) => `${name} has no executions of its own`),
    ...topology.subscriptions
      .filter(({ subscriber, maximumConcurrency }) => {
        return (reservedOf(subscriber) ?? 0) < maximumConcurrency;
      })
      .map(({ queue }) => `${queue} starts more functions than may run`),
    ...(sum <= config.concurrency.accountLimit - LEAST_UNRESERVED
      ? []
      : [`${sum} executions are set aside: AWS would refuse them`]),
  ];
};
