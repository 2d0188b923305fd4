import type { Graph } from '@cloudnestle/sst-offline/graph/graph';
import * as z from 'zod';
import { json, type Read, readResources } from './read-resources.ts';
import { types } from './types.ts';

const queueSchema = z.object({
  name: z.string(),
  messageRetentionSeconds: z.number().optional(),
  visibilityTimeoutSeconds: z.number().optional(),
  sqsManagedSseEnabled: z.boolean().optional(),
  redrivePolicy: json(
    z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() }),
  ).optional(),
});
export type QueueInputs = z.infer<typeof queueSchema>;

/** The stage's queues by their names. */
export function readQueues(graph: Graph): ReadonlyMap<string, QueueInputs> {
  const queues: Read<QueueInputs>[] = readResources(graph, types.queue, queueSchema);
  return new Map(queues.map(({ inputs }) => [inputs.name, inputs]));
}
