import { topology } from '@cloudnestle/topology/topology';
import * as z from 'zod';
import type { Check } from './check.ts';
import { json, nameIn, readResources } from './read/read-resources.ts';
import { types } from './read/types.ts';

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
