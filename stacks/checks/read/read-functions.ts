import type { Graph } from '@cloudnestle/sst-offline/graph/graph';
import * as z from 'zod';
import { type Read, readResources } from './read-resources.ts';
import { types } from './types.ts';

const functionSchema = z.object({
  name: z.string(),
  runtime: z.string(),
  architectures: z.array(z.string()),
  timeout: z.number(),
  memorySize: z.number(),
  role: z.string(),
  reservedConcurrentExecutions: z.number().optional(),
  loggingConfig: z.object({ logFormat: z.string(), logGroup: z.string() }),
  environment: z.object({ variables: z.record(z.string(), z.unknown()) }),
});
export type FunctionInputs = z.infer<typeof functionSchema>;

export function readFunctions(graph: Graph): Read<FunctionInputs>[] {
  return readResources(graph, types.function, functionSchema);
}

/** The stage's functions by their names. */
export function readFunctionsByName(graph: Graph): ReadonlyMap<string, FunctionInputs> {
  return new Map(readFunctions(graph).map(({ inputs }) => [inputs.name, inputs]));
}
