import { isDeepStrictEqual } from 'node:util';
import { METRIC_NAMESPACE, metricNames } from '@cloudnestle/contracts/metric-names';
import type { Graph } from '@cloudnestle/sst-offline/graph/graph';
import { serviceNames } from '@cloudnestle/topology/metrics';
import * as z from 'zod';
import { readFunctions } from '../../checks/read/read-functions.ts';
import { readQueues } from '../../checks/read/read-queues.ts';
import { readResources } from '../../checks/read/read-resources.ts';
import { types } from '../../checks/read/types.ts';
import type { Stage } from '../../config/read-stage.ts';

export interface FoundMetric {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
}

/** The metrics of these that nothing in the stage emits, in words. */
export function findStrayMetrics(
  graph: Graph,
  { names }: Stage,
  metrics: readonly FoundMetric[],
): string[] {
  const own = names.nameOf(METRIC_NAMESPACE);
  const each = (dimension: string, values: Iterable<string>) =>
    [...values].map((value) => ({ [dimension]: value }));
  const emitters: Readonly<Record<string, readonly FoundMetric['dimensions'][]>> = {
    'AWS/SQS': each('QueueName', readQueues(graph).keys()),
    'AWS/Lambda': each(
      'FunctionName',
      readFunctions(graph).map(({ inputs }) => inputs.name),
    ),
    'AWS/Events': readRules(graph),
    'AWS/ApiGateway': each('ApiId', readApiIds(graph)),
    'AWS/SES': each('ses:configuration-set', readCountingSets(graph)),
    // That each of them emits what is asked of it, a test of the services themselves runs (packages/local/dev).
    [own]: each('service', serviceNames),
  };
  const isThere = ({ namespace, name, dimensions }: FoundMetric) =>
    emitters[namespace]?.some((known) => isDeepStrictEqual(known, { ...dimensions })) === true &&
    (namespace !== own || metricNames.some((known) => known === name));
  return metrics
    .filter((metric) => !isThere(metric))
    .map(({ namespace, name, dimensions }) => {
      return `nothing emits ${namespace} ${name} of ${JSON.stringify(dimensions)}`;
    });
}

function readRules(graph: Graph): FoundMetric['dimensions'][] {
  const schema = z.object({ name: z.string(), eventBusName: z.string() });
  return readResources(graph, types.rule, schema).map(({ inputs }) => {
    return { EventBusName: inputs.eventBusName, RuleName: inputs.name };
  });
}

function readApiIds(graph: Graph): string[] {
  const routes = readResources(graph, types.route, z.object({ apiId: z.string() }));
  return routes.map(({ inputs }) => inputs.apiId);
}

/** Configuration sets whose mails SES counts. */
function readCountingSets(graph: Graph): string[] {
  const type = 'aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination';
  const events = ['BOUNCE', 'COMPLAINT', 'DELIVERY', 'SEND'] as const;
  const schema = z.object({
    configurationSetName: z.string(),
    eventDestination: z.object({
      enabled: z.literal(true),
      matchingEventTypes: z.array(z.enum(events)).length(events.length),
      cloudWatchDestination: z.object({
        dimensionConfigurations: z.tuple([
          z.object({
            dimensionName: z.literal('ses:configuration-set'),
            dimensionValueSource: z.literal('MESSAGE_TAG'),
          }),
        ]),
      }),
    }),
  });
  return readResources(graph, type, schema).map(({ inputs }) => inputs.configurationSetName);
}
