import { functions } from '@cloudnestle/topology/functions';
import { topology } from '@cloudnestle/topology/topology';
import * as z from 'zod';
import type { Check } from './check.ts';
import { nameIn, readResources } from './read/read-resources.ts';
import { types } from './read/types.ts';
import { findDifferences } from './same.ts';

const permissionSchema = z.object({
  function: z.string(),
  principal: z.string(),
  sourceArn: z.string().optional(),
});
const apiSchema = z.object({ name: z.string() });

/** The stage's own API may call the functions that it has routes to; nothing else in the world may call one. */
export const checkInvokers: Check = (graph, { names }) => {
  const [api] = readResources(graph, types.api, apiSchema);
  const permissions = readResources(graph, types.permission, permissionSchema);
  const routed = new Set(topology.routes.map((route) => route.function));
  return [
    ...findDifferences('the API', {
      found: permissions.map(({ inputs }) => nameIn(inputs.function)),
      wanted: functions
        .filter(({ name }) => [...routed].some((each) => each === name))
        .map(({ name }) => names.functionNameOf(name)),
    }),
    ...permissions.flatMap(({ inputs: { function: called, principal, sourceArn = '' } }) => {
      const isOwnApi =
        principal === 'apigateway.amazonaws.com' &&
        /^arn:aws:execute-api:[a-z0-9-]+:\d{12}:/.test(sourceArn) &&
        sourceArn.split(':').at(-1)?.split('/')[0] === api?.inputs.name;
      return isOwnApi ? [] : [`${nameIn(called)} can be called by ${principal} from ${sourceArn}`];
    }),
    ...graph.resources
      .filter(({ type }) => type === types.functionUrl)
      .map(({ name }) => `${name} lets a function be called past the API`),
  ];
};
