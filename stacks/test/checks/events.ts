import type { Graph } from '@cloudnestle/sst-offline/graph/graph';
import { type KnownQueue, nameIn } from '@cloudnestle/topology/judge/problem';
import { judgeRules, type SeenRule } from '@cloudnestle/topology/judge/rules';
import { topology } from '@cloudnestle/topology/topology';
import * as z from 'zod';
import { type Check, findDifferences, json, readResources, types } from './read.ts';

const ruleSchema = z.object({
  name: z.string(),
  eventBusName: z.string(),
  eventPattern: z.string(),
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
  const rules = readRules(graph);
  const onBus = rules.filter(({ bus }) => bus === names.bus);
  const know = (queue: string): KnownQueue => ({ name: names.nameOf(queue), arn: undefined });
  return [
    ...findDifferences('the bus', {
      found: rules.map(({ name }) => `the rule ${name}`),
      wanted: topology.subscriptions.map(({ queue }) => `the rule ${names.nameOf(queue)}`),
    }),
    ...rules
      .filter(({ targets }) => targets.length > 1)
      .map(({ name }) => `the rule ${name} does not lead to its queue alone`),
    ...topology.subscriptions.flatMap(({ queue, detailTypes }) => {
      const wanted = {
        bus: names.bus,
        detailTypes,
        queue: know(queue),
        delivery: know(topology.deliveryDeadLetterQueue),
      };
      return judgeRules(onBus, wanted).map(({ words }) => `${names.nameOf(queue)}: ${words}`);
    }),
  ];
};

/** The stage's rules with the targets that name them on their bus, for the judge of rules. */
function readRules(graph: Graph): (SeenRule & { bus: string })[] {
  const targets = readResources(graph, types.target, targetSchema).map(({ inputs }) => inputs);
  return readResources(graph, types.rule, ruleSchema).map(({ inputs: rule }) => ({
    name: rule.name,
    bus: rule.eventBusName,
    state: rule.state,
    pattern: rule.eventPattern,
    targets: targets
      .filter((each) => each.rule === rule.name && each.eventBusName === rule.eventBusName)
      .map(({ arn, deadLetterConfig, input, inputPath, inputTransformer }) => ({
        arn,
        deadLetterArn: deadLetterConfig?.arn,
        isChanged: (input ?? inputPath ?? inputTransformer) !== undefined,
      })),
  }));
}

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
