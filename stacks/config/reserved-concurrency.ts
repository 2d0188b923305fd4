import { LEAST_UNRESERVED } from '@cloudnestle/topology/concurrency';
import { functions } from '@cloudnestle/topology/functions';
import { subscriptions } from '@cloudnestle/topology/subscriptions';
import type { FunctionDefinition } from '@cloudnestle/topology/types';
import type { StageConfig } from './schema.ts';

type Config = Pick<StageConfig, 'concurrency'>;

/** A function's executions on a stage; undefined where it shares those of the account. */
export function reservedConcurrencyOf(
  { name, reservedConcurrency }: FunctionDefinition,
  { concurrency }: Config,
): number | undefined {
  if (concurrency.kind === 'shared') return undefined;
  return concurrency.changes[name] ?? reservedConcurrency;
}

/** Why the executions that a stage sets aside cannot be, or would throttle messages. */
export function findConcurrencyTrouble(config: Config): string[] {
  const { concurrency } = config;
  if (concurrency.kind === 'shared') return [];
  const reserved = new Map(
    functions.map((each) => [each.name, reservedConcurrencyOf(each, config) ?? 0]),
  );
  const sum = [...reserved.values()].reduce((total, each) => total + each, 0);
  const most = concurrency.accountLimit - LEAST_UNRESERVED;
  const tooFew = subscriptions.filter(({ subscriber, maximumConcurrency }) => {
    return (reserved.get(subscriber) ?? maximumConcurrency) < maximumConcurrency;
  });
  return [
    ...(sum > most
      ? [
          `concurrency sets ${sum} executions aside, and of ${concurrency.accountLimit} AWS gives away ${Math.max(most, 0)}: ask AWS for more, lower them in concurrency.changes, or use { kind: 'shared' }`,
        ]
      : []),
    ...tooFew.map(
      ({ subscriber, maximumConcurrency }) =>
        `concurrency.changes.${subscriber} is ${reserved.get(subscriber)}, and its queue starts ${maximumConcurrency}: messages that cannot start use up their receives`,
    ),
  ];
}
