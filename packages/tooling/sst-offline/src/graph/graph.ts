import * as z from 'zod';

const resourceSchema = z.object({
  /** `aws:sqs/queue:Queue`. */
  type: z.string(),
  /** The logical name. */
  name: z.string(),
  /** What the provider would be given. What Pulumi would keep encrypted stands as `{ secret: ... }`. */
  inputs: z.record(z.string(), z.unknown()),
  /** The logical name of the component it belongs to. */
  parent: z.string().optional(),
  /** The id of something that exists already and is only looked at. */
  lookup: z.string().optional(),
  isProtected: z.boolean(),
  isRetained: z.boolean(),
  /** Logical names of what must be there first. */
  dependsOn: z.array(z.string()),
});

/** Everything that a deployment of one stage would ask of its providers. */
export const graphSchema = z.object({
  app: z.object({
    name: z.string(),
    stage: z.string(),
    removal: z.string(),
    protect: z.boolean(),
    region: z.string(),
  }),
  resources: z.array(resourceSchema),
  /** What the config returned. */
  outputs: z.record(z.string(), z.unknown()),
});

export type Resource = z.infer<typeof resourceSchema>;
export type Graph = z.infer<typeof graphSchema>;
