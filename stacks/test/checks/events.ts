import { isDeepStrictEqual } from 'node:util';
import { topology } from '@cloudnestle/topology/topology';
import type { Subscription } from '@cloudnestle/topology/types';
import * as z from 'zod';
import { type Check, findDifferences, json, nameIn, readResources, types } from './read.ts';

const ruleSchema = z.object({
  name: z.string(),
  eventBusName: z.string(),
  eventPattern: json(z.unknown()),
  state: z.string().default('ENABLED'),
});
const targetSchema = z.object({
  rule: z.string(),
  eventBusName: z.string(),
  arn: z.string(),
  deadLetterConfig: z.object({ arn: z.string() }).optional(),
  input: z.unknown().optional(),
  inputPath: z.unknown().optional(),
  inputTransformer: z.unknown().optional(),
});

/** Each subscription has one rule with the topology's pattern, which leads to its queue alone and loses nothing. */
export const checkRules: Check = (graph, { names }) => {
  const rules = readResources(graph, types.rule, ruleSchema).map(({ inputs }) => inputs);
  const targets = readResources(graph, types.target, targetSchema).map(({ inputs }) => inputs);
  const checkRule = (subscription: Subscription): string[] => {
    const name = names.nameOf(subscription.queue);
    const rule = rules.find((each) => each.name === name);
    if (!rule) return [];
    const wanted = { source: [topology.bus.source], 'detail-type': subscription.detailTypes };
    const [target, ...more] = targets.filter((each) => each.rule === name);
    const delivery = names.nameOf(topology.deliveryDeadLetterQueue);
    return [
      ...(isDeepStrictEqual(rule.eventPattern, wanted)
        ? []
        : [`the rule ${name} matches ${JSON.stringify(rule.eventPattern)}`]),
      ...(rule.state === 'ENABLED' ? [] : [`the rule ${name} is ${rule.state}`]),
      ...(rule.eventBusName === names.bus && target?.eventBusName === names.bus
        ? []
        : [`the rule ${name} is not on ${names.bus}`]),
      ...(target && more.length === 0 && nameIn(target.arn) === name
        ? []
        : [`the rule ${name} does not lead to its queue alone`]),
      ...(nameIn(target?.deadLetterConfig?.arn ?? '') === delivery
        ? []
        : [`the rule ${name} loses what it cannot deliver: it should go to ${delivery}`]),
      ...((target?.input ?? target?.inputPath ?? target?.inputTransformer)
        ? [`the rule ${name} changes events`]
        : []),
    ];
  };
  return [
    ...findDifferences('the bus', {
      found: rules.map(({ name }) => `the rule ${name}`),
      wanted: topology.subscriptions.map(({ queue }) => `the rule ${names.nameOf(queue)}`),
    }),
    ...topology.subscriptions.flatMap(checkRule),
  ];
};

const busSchema = z.object({ name: z.string() });
const archiveSchema = z.object({
  eventSourceArn: z.string(),
  retentionDays: z.number().optional(),
  eventPattern: json(z.object({ source: z.array(z.string()) })),
});

/** There is one bus, and an archive that keeps all of our events for the topology's days. */
export const checkBus: Check = (graph, { names }) => {
  const buses = readResources(graph, types.bus, busSchema).map(({ inputs }) => inputs.name);
  const [archive] = readResources(graph, types.archive, archiveSchema);
  const isWhole =
    nameIn(archive?.inputs.eventSourceArn ?? '') === names.bus &&
    archive?.inputs.eventPattern.source.join() === topology.bus.source;
  return [
    ...(buses.join() === names.bus ? [] : [`the buses are ${buses.join(', ')}, not ${names.bus}`]),
    ...(isWhole ? [] : ['the archive does not keep every event of the bus']),
    ...(archive?.inputs.retentionDays === topology.archiveRetentionDays
      ? []
      : [`the archive does not keep events for ${topology.archiveRetentionDays} days`]),
  ];
};
