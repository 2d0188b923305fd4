import type { Graph } from '@cloudnestle/sst-offline/graph/graph';
import * as z from 'zod';
import { type Read, readResources } from './read-resources.ts';
import { statementsSchema } from './read-statements.ts';
import { types } from './types.ts';

const roleSchema = z.object({
  name: z.string(),
  assumeRolePolicy: statementsSchema,
  inlinePolicies: z.array(z.object({ policy: statementsSchema })).default([]),
  managedPolicyArns: z.array(z.string()).default([]),
});
export type RoleInputs = z.infer<typeof roleSchema>;

export function readRoles(graph: Graph): Read<RoleInputs>[] {
  return readResources(graph, types.role, roleSchema);
}
