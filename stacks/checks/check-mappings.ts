import { topology } from '@cloudnestle/topology/topology';
import * as z from 'zod';
import type { Check } from './check.ts';
import { nameIn, readResources } from './read/read-resources.ts';
import { types } from './read/types.ts';

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
  const surplus = mappings.length - topology.subscriptions.length;
  return [
    ...(surplus > 0 ? [`${surplus} event source mappings too many`] : []),
    ...topology.subscriptions.flatMap((subscription) => {
      const queue = names.nameOf(subscription.queue);
      const [found, ...more] = mappings.filter((each) => nameIn(each.eventSourceArn) === queue);
      if (!found || more.length > 0) return [`${queue} has ${more.length} mappings, not one`];
      const { batchSize, maximumBatchingWindowInSeconds: window, scalingConfig } = found;
      return [
        ...(nameIn(found.functionName) === names.functionNameOf(subscription.subscriber)
          ? []
          : [`${queue} is worked on by ${found.functionName}`]),
        ...(found.functionResponseTypes.includes('ReportBatchItemFailures')
          ? []
          : [`${queue}: one record that fails would bring its whole batch back`]),
        ...(batchSize === subscription.batchSize && window === subscription.batchWindowSeconds
          ? []
          : [`${queue} comes in batches of ${batchSize} within ${window} s`]),
        ...(scalingConfig?.maximumConcurrency === subscription.maximumConcurrency
          ? []
          : [`${queue} has no limit of ${subscription.maximumConcurrency} functions at once`]),
        ...(found.enabled && found.filterCriteria === undefined
          ? []
          : [`${queue}: not every message is worked on`]),
      ];
    }),
  ];
};
