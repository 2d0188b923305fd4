import type { Graph, Resource } from '@cloudnestle/sst-offline/graph/graph';
import * as z from 'zod';

/** A resource with the inputs that a check is about. */
export interface Read<Inputs> {
  resource: Resource;
  inputs: Inputs;
}

/** All resources of a type that are created, read by a schema. Throws where one is not as the schema says. */
export function readResources<Inputs>(
  graph: Graph,
  type: string,
  schema: z.ZodType<Inputs>,
): Read<Inputs>[] {
  return graph.resources
    .filter((resource) => resource.type === type && resource.lookup === undefined)
    .map((resource) => {
      const parsed = schema.safeParse(resource.inputs);
      if (parsed.success) return { resource, inputs: parsed.data };
      throw new Error(`${type} ${resource.name}:\n${z.prettifyError(parsed.error)}`);
    });
}

/** A JSON text inside an input. */
export function json<Inner extends z.ZodType>(inner: Inner) {
  return z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(inner);
}

/** The last part of an ARN or url: a queue's, function's or table's name. */
export function nameIn(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? '';
}
